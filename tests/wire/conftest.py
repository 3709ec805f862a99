"""The shops of the wire tests: each is made once in a worker, and every test gets a copy of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wire.shops import copied, make_demo, make_shop


@pytest.fixture(scope="session")
def shop_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holms Service, to copy."""
    path = tmp_path_factory.mktemp("shops") / "shop.db"
    make_shop(path)
    return path


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop, to copy."""
    path = tmp_path_factory.mktemp("shops") / "demo.db"
    make_demo(path)
    return path


@pytest.fixture
def shop(shop_template: Path, tmp_path: Path) -> Path:
    """Holms Service, of this test's own."""
    return copied(shop_template, tmp_path / "shop.db")


@pytest.fixture
def demo(demo_template: Path, tmp_path: Path) -> Path:
    """The demo shop, of this test's own."""
    return copied(demo_template, tmp_path / "demo.db")

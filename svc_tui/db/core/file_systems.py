"""What kind of file system a folder lies on, and whether SQLite's locks and shared memory hold there.

Asked of the kernel's mount table. FUSE is how most network folders are mounted without root (rclone, sshfs, gvfs, s3fs,
davfs, Google Drive); few of its kinds are local disks, so those are named and every other one is refused.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "ncpfs", "ncp", "afs", "coda", "ceph", "glusterfs", "lustre",
    "gpfs", "beegfs", "orangefs", "pvfs2", "gfs2", "ocfs2", "davfs", "davfs2", "9p", "vboxsf", "prl_fs", "vmhgfs",
})  # fmt: skip
_LOCAL_FUSE = frozenset({
    "fuseblk", "fuse.ntfs-3g", "fuse.exfat", "fuse.exfat-fuse", "fuse.ext2", "fuse.ext4", "fuse.fuse-overlayfs",
    "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.ecryptfs", "fuse.bindfs", "fuse.mergerfs", "fuse.zfs-fuse",
})  # fmt: skip


class Mount(NamedTuple):
    """Where a file system is mounted, its kind and what it was mounted from."""

    point: str
    kind: str
    source: str

    @property
    def is_network(self) -> bool:
        """Whether another machine, or a program of unknown habits, answers for what is stored there."""
        if self.kind in _NETWORK or "://" in self.source:
            return True
        return self.kind.startswith("fuse") and self.kind != "fusectl" and self.kind not in _LOCAL_FUSE


def mount_of(folder: Path) -> Mount | None:
    """The mount that `folder`, or the nearest folder above it that exists, lies on; None when it is not known."""
    try:
        table = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    target = os.path.realpath(folder)
    best: Mount | None = None
    for line in table:
        mount = _mount(line)
        inside = target == mount.point or target.startswith(mount.point.rstrip("/") + "/")
        if inside and (best is None or len(mount.point) >= len(best.point)):
            best = mount
    return best


def _mount(line: str) -> Mount:
    before, _, after = line.partition(" - ")
    kind, source = (*after.split()[:2], "", "")[:2]
    point = before.split()[4]
    for escaped, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(escaped, letter)
    return Mount(point, kind, source)


def has_room(folder: Path, needed: int = 65_536) -> bool:
    """Whether so many bytes can still be written where `folder` lies; also when that cannot be told."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return True
    return found.f_bavail * found.f_frsize >= needed

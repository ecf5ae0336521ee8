import { type ArchiveEntry, nameOf, showPath } from "../archive-entry.ts";
import { type Finding, finding } from "../check.ts";
import type { Surroundings } from "./archive-sane.ts";

const setuid = 0o4000;
const setgid = 0o2000;
const sticky = 0o1000;
const othersWrite = 0o002;

/** What Debian's and Alpine's own packages bring with these bits; containers run with no-new-privileges, which ignores them. */
const ofTheSystem = new Set(
  "bbsuid chage chfn chsh crontab dbus-daemon-launch-helper expiry fusermount fusermount3 gpasswd mount mount.nfs newgidmap newgrp newuidmap passwd pkexec polkit-agent-helper-1 ssh-agent ssh-keysign su sudo umount unix_chkpwd wall write".split(
    " ",
  ),
);

/** Files that everybody may change, and programs that run as their owner. A folder with the sticky bit is for everybody, as /tmp is. */
export function problemsOfModes(entries: readonly ArchiveEntry[], within: Surroundings = "application"): Finding[] {
  return entries.flatMap(({ path, type, mode }) => {
    if (mode === undefined || (type !== "file" && type !== "folder")) return [];
    const where = { path: showPath(path), mode: mode.toString(8).padStart(4, "0") };
    const found: Finding[] = [];
    if (mode & othersWrite && !(type === "folder" && mode & sticky)) found.push(finding("world-writable", where));
    if (type === "folder" || (within === "image-layer" && isOfSystem(path))) return found;
    if (mode & setuid) found.push(finding("setuid", where));
    // Without the right to run it, the bit meant a lock of files.
    if (mode & setgid && mode & 0o010) found.push(finding("setgid", where));
    return found;
  });
}

function isOfSystem(path: string): boolean {
  return /^(?:\.\/)?(?:usr\/)?(?:s?bin|lib|libexec)\//.test(path) && ofTheSystem.has(nameOf(path));
}

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromiumPath } from "./chromium.ts";
import { busybox, caddy } from "./images.ts";
import { pdnsServer } from "./name-server.ts";
import { findOrdinaryUser } from "./ordinary-user.ts";
import { postgres15Folder } from "./postgres-15.ts";
import { redisServer } from "./redis.ts";
import { sshServer } from "./ssh-server.ts";

/** Says at once what these tests need and do not find. They fail without it and do not skip. */
export default function checkPrerequisites(): void {
  const missing = [
    process.getuid?.() === 0 ? [] : ["root: Simpul is started as root and as an ordinary user"],
    findOrdinaryUser() ? [] : ["an ordinary user with the id 1000: useradd --uid 1000 --create-home simpul-test"],
    isRunnable("git") ? [] : ["git: apt-get install git"],
    existsSync(chromiumPath) ? [] : [`${chromiumPath}: apt-get install chromium`],
    existsSync(redisServer) ? [] : [`${redisServer}: apt-get install redis-server`],
    existsSync(pdnsServer) ? [] : [`${pdnsServer}: apt-get install pdns-server pdns-backend-bind`],
    isRunnable("named-checkzone", "-v") ? [] : ["named-checkzone: apt-get install bind9-utils"],
    isRunnable("clamscan") ? [] : ["clamscan: apt-get install --no-install-recommends clamav"],
    isRunnable("fping") ? [] : ["fping: apt-get install fping"],
    isRunnable("dockerd") ? [] : ["Docker's engine: apt-get install --no-install-recommends docker.io iptables"],
    isRunnable("iptables") ? [] : ["iptables: apt-get install iptables"],
    isRunnable("ip", "-V") ? [] : ["ip: apt-get install iproute2"],
    existsSync(sshServer) ? [] : [`${sshServer}: apt-get install openssh-server`],
    existsSync(busybox) ? [] : [`${busybox}: apt-get install busybox-static`],
    existsSync(caddy) ? [] : [`${caddy}: apt-get install caddy`],
    hasPulumi() ? [] : ["pulumi on PATH, with its language host and its provider for Docker"],
    existsSync(postgres15Folder) ? [] : [`${postgres15Folder}: apt-get install postgresql-15`],
  ].flat();
  if (missing.length === 0) return;
  throw new Error(`the end-to-end tests need, and do not find:\n${missing.map((line) => `  ${line}`).join("\n")}`);
}

/** The one of the packages would be downloaded first. */
function hasPulumi(): boolean {
  const folders = (process.env.PATH ?? "").split(":").filter((folder) => !folder.endsWith("node_modules/.bin"));
  return folders.some((folder) => existsSync(join(folder, "pulumi")));
}

function isRunnable(command: string, saysVersion = "--version"): boolean {
  try {
    execFileSync(command, [saysVersion], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DockerEngine } from "./docker-engine.ts";
import { temporaryFolder } from "./folders.ts";
import { until } from "./until.ts";

export const sshServer = "/usr/sbin/sshd";

/**
 * A server of SSH on the machine of an engine, to which Docker's client over there speaks, and whom it lets in: whoever is given
 * `path` as PATH finds an `ssh` with a configuration of the test's, which knows the way, the key and the host.
 */
export async function openSshServer(engine: DockerEngine) {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder()).path;
  const at = (name: string) => join(folder, name);
  const makeKey = (name: string) => execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", at(name)]);
  for (const name of ["host", "account", "another"]) makeKey(name);
  await writeFile(at("server"), serverSettings(folder, engine.endpoint));
  await writeFile(at("client"), clientSettings(folder));
  await writeProgram(at("here/ssh"), `exec /usr/bin/ssh -F ${at("client")} "$@"`);
  await writeProgram(at("there/systemctl"), '[ "$*" = "is-active simpul-host-rules.service" ] && echo active');
  await mkdir("/run/sshd", { recursive: true });

  const listen = ["-D", "-e", "-f", at("server"), "-o", `ListenAddress=${engine.address}:22`];
  const server = spawn("nsenter", [...engine.machine, sshServer, ...listen], { stdio: ["ignore", "ignore", "pipe"] });
  stack.defer(async () => {
    server.kill();
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  await until(
    () => `the server of SSH listens; it said:\n${said}`,
    () => said.includes("Server listening"),
  );

  const keyOf = async (name: string) => (await readFile(at(`${name}.pub`), "utf8")).split(" ").slice(0, 2).join(" ");
  await know("host");

  async function know(name: "host" | "another" | "none"): Promise<void> {
    await writeFile(at("known"), name === "none" ? "" : `${engine.address} ${await keyOf(name)}\n`);
  }

  const kept = stack.move();
  return {
    endpoint: `ssh://root@${engine.address}`,
    path: `${at("here")}:${process.env.PATH}`,
    /** @param name the key by which the host is known from now on: its own, as in the beginning, another one, or none */
    know,
    /** all hosts that are known, as they are written */
    known: () => readFile(at("known"), "utf8"),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function writeProgram(file: string, script: string): Promise<void> {
  await mkdir(dirname(file));
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/**
 * Who comes in finds the engine where Docker's client looks first, and a systemd that has put the rules of hosting there; and no
 * `.bashrc` of this machine, which bash reads before each command of ssh, however long that takes.
 */
function serverSettings(folder: string, endpoint: string): string {
  return `HostKey ${join(folder, "host")}
AuthorizedKeysFile ${join(folder, "account.pub")}
PermitRootLogin prohibit-password
PasswordAuthentication no
StrictModes no
PidFile none
SetEnv "HOME=${join(folder, "there")}" "DOCKER_HOST=${endpoint}" "PATH=${join(folder, "there")}:${process.env.PATH}"
`;
}

/** As of somebody who wants to be asked for nothing. */
function clientSettings(folder: string): string {
  return `Host *
IdentityFile ${join(folder, "account")}
IdentitiesOnly yes
StrictHostKeyChecking no
UserKnownHostsFile ${join(folder, "known")}
GlobalKnownHostsFile none
`;
}

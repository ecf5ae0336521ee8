import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { accountScripts } from "./account-scripts.ts";
import { placeIn } from "./fill-database.ts";
import { type DatabaseServer, HostFailed, type MadeAccount, type VendorAccount } from "./hosts.ts";

/** @throws HostFailed database-silent; StackFault */
export function makeAccount(docker: DockerHost, server: DatabaseServer, account: MadeAccount): Promise<void> {
  const { read, change } = accountScripts[server.engine];
  return tell(docker, server, account.mayChange ? change : read, account);
}

/** @throws HostFailed database-silent; StackFault */
export function dropAccount(docker: DockerHost, server: DatabaseServer, account: VendorAccount): Promise<void> {
  return tell(docker, server, accountScripts[server.engine].drop, account);
}

/** By what it reads, so that no password is part of a command. What a server says may quote it, and is not kept. */
async function tell(
  docker: DockerHost,
  { container }: DatabaseServer,
  script: string,
  { name, address, until, password = "" }: VendorAccount & Partial<MadeAccount>,
): Promise<void> {
  const stdin = [name, address, until?.toISOString() ?? "", password].map((line) => `${line}\n`).join("");
  try {
    await docker.run(["exec", "--interactive", container, "sh", "-c", script], { stdin });
  } catch (fault) {
    if (!(fault instanceof StackFault)) throw fault;
    const place = placeIn(fault.message);
    if (fault.reason === "other") throw new HostFailed("database-silent", `an account in ${container}: ${place}`);
    throw new StackFault(fault.reason, `an account in ${container}`, place);
  }
}

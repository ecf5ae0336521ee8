import { $ } from "zx";
import type { Environment } from "../config/env.ts";
import { hostRules, rulesFile, rulesUnit, unitFile } from "../infra/host/rules.ts";
import { Refused } from "./refused.ts";
import { step } from "./step.ts";

export const summary = "puts the rules of hosting into the firewall of this host, or of another one by ssh";
export const parameters = "[USER@HOST]";
export const mostParameters = 1;

/** A destination of ssh, and nothing that ssh could take for an option. */
const destination = /^[a-z0-9_][\w.-]*(@[\w.:-]+)?$/i;

/** @param given where ssh brings us, as root; by default this machine */
export async function run(_environment: Environment, [given]: readonly string[]): Promise<void> {
  if (given !== undefined && !destination.test(given))
    throw new Refused(`${given} is no destination for ssh: give user and host, for example root@10.1.0.5.`);
  const onHost = (script: string) => ask(given, script);

  step(`see what ${given ?? "this host"} has`);
  const has = await onHost(
    "id -u; command -v iptables-restore >/dev/null && echo iptables; [ -d /run/systemd/system ] && echo systemd; true",
  );
  if (!has.includes("0")) throw new Refused("The rules of a firewall are root's: run this as root, or as root@HOST.");
  if (!has.includes("iptables")) throw new Refused("There is no iptables on that host: apt-get install iptables.");

  if (!has.includes("systemd")) {
    step("put the rules there");
    await onHost(hostRules());
    process.stdout.write(`
The rules hold until the host starts again: it is not run by systemd. Run this then, before Docker starts.
`);
    return;
  }
  step("write the rules and their unit");
  await onHost(`${writeFile(rulesFile, "0755", hostRules())}\n${writeFile(unitFile, "0644", rulesUnit)}`);
  step("put the rules there, now and at each start");
  const unit = unitFile.split("/").at(-1);
  // Docker requires the unit: it would be restarted with it.
  await onHost(`systemctl daemon-reload && systemctl enable ${unit} && ${rulesFile} && systemctl start ${unit}`);
}

/** @returns the lines that it printed */
async function ask(host: string | undefined, script: string): Promise<string[]> {
  const asked = $({ input: script, quiet: true });
  const { stdout } =
    host === undefined
      ? await asked`sh -s`
      : await asked`ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -- ${host} sh -s`;
  return stdout.split("\n");
}

/** As a part of a script; the text holds no line that is the mark alone. */
function writeFile(path: string, mode: string, text: string): string {
  return `set -eu; cat >${path}.new <<'SIMPUL-END'\n${text}SIMPUL-END\nchmod ${mode} ${path}.new; mv ${path}.new ${path}`;
}

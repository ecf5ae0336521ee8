import type pg from "pg";
import { z } from "zod";
import type { HostingTarget } from "../../core/domain/hosting/hosting-rules.ts";
import { isPrepared } from "../../infra/host/is-prepared.ts";
import { openDockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const answerWithinMs = 10_000;

export type EngineLook = { version: string; fault?: undefined } | { fault: string };

export type TargetLook = {
  engine: EngineLook;
  /** The unit of prepare-host is active; undefined: it cannot be seen from here. */
  isPrepared: boolean | undefined;
};

/** Asks a host of the profile, as the worker does. */
export async function lookAtTarget(target: HostingTarget): Promise<TargetLook> {
  const [engine, prepared] = await Promise.all([askEngine(target), isPrepared(target.endpoint)]);
  return { engine, isPrepared: prepared };
}

async function askEngine({ endpoint, certificates }: HostingTarget): Promise<EngineLook> {
  try {
    const docker = openDockerHost({ endpoint, ...(certificates !== undefined && { certificates }) });
    const version = await docker.run(["version", "--format", "{{.Server.Version}}"], { patienceMs: answerWithinMs });
    return { version: version.trim() };
  } catch (fault) {
    if (!(fault instanceof StackFault)) throw fault;
    return { fault: fault.message.replaceAll(/\s+/g, " ") };
  }
}

const registerRow = z.object({ zone: z.boolean(), prefix: z.boolean(), unknown: z.array(z.string()) });
/** What the register of addresses has of a host; `unknown` are addresses of its proxy that nobody was given. */
export type RegisterLook = z.infer<typeof registerRow>;

/** Only reads. @returns undefined for a database that has no register yet */
export async function lookAtRegister(
  client: pg.Client,
  { zone, prefix, proxy }: HostingTarget,
): Promise<RegisterLook | undefined> {
  const { rows: there } = await client.query("select to_regclass('public.address_range') is not null as there");
  if (there[0]?.there !== true) return undefined;
  const { rows } = await client.query(
    `select
       exists (select from address_zone where lower(name) = lower($1)) as zone,
       exists (select from prefix join address_zone on address_zone.id = zone_id
               where lower(address_zone.name) = lower($1) and network = $2::cidr and removed_at is null) as prefix,
       array(select host(address) from unnest($3::inet[]) as address
             where not exists (select from address_range
                               where first = address and kind = 'assigned' and ended_at is null)) as unknown`,
    [zone, prefix, proxy.addresses],
  );
  return registerRow.parse(rows[0]);
}

/** One line where all is well, else one for each thing that is to be mended. @param register undefined: not known */
export function judgeTarget(target: HostingTarget, look: TargetLook, register: RegisterLook | undefined): Finding[] {
  const wrong = [
    ...judgeEngine(target, look.engine),
    ...judgeRules(target, look.isPrepared),
    ...(register === undefined ? [] : judgeRegister(target, register)),
  ];
  if (wrong.length > 0) return wrong;
  const version = look.engine.fault === undefined ? look.engine.version : "";
  const rules = look.isPrepared
    ? "its firewall is prepared"
    : 'whether its firewall is prepared cannot be seen from here (docs/operations.md, "Hosting")';
  const known = register === undefined ? "" : "; prefix and proxy are in the register";
  return [ok("hosting", `${target.name}: the engine ${version} answers at ${target.endpoint}; ${rules}${known}`)];
}

function judgeEngine(target: HostingTarget, { fault }: EngineLook): Finding[] {
  if (fault === undefined) return [];
  return [fail("hosting", `${target.name}: ${fault}`, `as the account of the worker: ${waysIn(target)}`)];
}

/** What to try by hand, and what it needs. */
function waysIn({ endpoint, certificates }: HostingTarget): string {
  if (endpoint.startsWith("ssh:"))
    return `ssh -o StrictHostKeyChecking=yes ${endpoint} docker version; it needs a key without passphrase, and the host's key in ~/.ssh/known_hosts (docs/operations.md, "Hosts over the network")`;
  if (endpoint.startsWith("tcp:"))
    return `DOCKER_CERT_PATH=${certificates} docker --tlsverify --host ${endpoint} version; that folder needs ca.pem, cert.pem and key.pem (docs/operations.md, "Hosts over the network")`;
  return `docker --host ${endpoint} version; a socket is for members of its group (usermod -aG docker simpul, and restart)`;
}

function judgeRules({ name, endpoint }: HostingTarget, isPrepared: boolean | undefined): Finding[] {
  if (isPrepared !== false) return [];
  const there = endpoint.startsWith("unix:") ? "" : " root@HOST";
  const fix = `npm run runbook -- prepare-host${there}, as root; where systemd does not run the host: iptables -S SIMPUL-HOST, as root, shows them`;
  return [warn("hosting", `${name}: the rules that keep applications where they are, are not seen there`, fix)];
}

function judgeRegister({ name, zone, prefix }: HostingTarget, register: RegisterLook): Finding[] {
  const { zone: hasZone, prefix: hasPrefix, unknown } = register;
  const add = `in the chat: /ip, "Tambah prefix", zone ${zone}, ${prefix}`;
  const findings: Finding[] = [];
  if (!hasZone) findings.push(warn("hosting", `${name}: the register has no zone ${zone}`, `${add}; or correct zone`));
  else if (!hasPrefix) findings.push(warn("hosting", `${name}: zone ${zone} has no prefix ${prefix}`, add));
  if (unknown.length > 0) {
    const fix = 'in the chat: /ip, the prefix in which it lies, "Berikan alamat"; names of applications lead there';
    findings.push(warn("hosting", `${name}: the address ${unknown.join(", ")} of its proxy is given to nobody`, fix));
  }
  return findings;
}

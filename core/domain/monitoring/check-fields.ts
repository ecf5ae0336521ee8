import { type Answers, type Field, inMinutes } from "../form/field.ts";
import { hostOf, parseFullName, parseWebAddress } from "../form/web-address.ts";
import { parseAddress, showAddress } from "../ipam/address.ts";
import { parseDomainName } from "../names/domain-name.ts";
import { accept, type Outcome, type Refusal, refuse } from "../outcome.ts";
import type { CheckKind, CheckSettings } from "./check.ts";
import { type AskedNetworks, refusalOfAddress, refusalOfPlayed } from "./network-guard.ts";
import type { TargetKind } from "./target.ts";

/** The ways of watching that people choose from. */
const checkKinds = ["icmp", "tcp", "http", "dns", "heartbeat"] as const satisfies CheckKind[];

const longestUrl = 500;

/** What a way of watching is asked. An address is checked by `settingsIn`. */
export const checkFields = [
  { name: "check", kind: "choice", choices: checkKinds },
  { name: "address", kind: "line", maxLength: 253, onlyWhen: { field: "check", is: "icmp" } },
  { name: "host", kind: "line", maxLength: 253, onlyWhen: { field: "check", is: "tcp" } },
  { name: "port", kind: "number", min: 1, max: 65_535, example: 443, onlyWhen: { field: "check", is: "tcp" } },
  { name: "url", kind: "line", maxLength: longestUrl, isWebAddress: true, onlyWhen: { field: "check", is: "http" } },
  {
    name: "status",
    kind: "number",
    min: 100,
    max: 599,
    example: 200,
    optional: true,
    onlyWhen: { field: "check", is: "http" },
  },
  { name: "text", kind: "line", maxLength: 120, optional: true, onlyWhen: { field: "check", is: "http" } },
  {
    name: "certificate",
    kind: "choice",
    choices: ["ignored"],
    optional: true,
    onlyWhen: { field: "check", is: "http" },
  },
  { name: "domain", kind: "line", maxLength: 253, onlyWhen: { field: "check", is: "dns" } },
  { name: "server", kind: "ip-address", optional: true, onlyWhen: { field: "check", is: "dns" } },
  { name: "expected", kind: "ip-addresses", optional: true, onlyWhen: { field: "check", is: "dns" } },
  {
    name: "every-minutes",
    kind: "number",
    min: 1,
    max: 44_640,
    example: 1_440,
    units: inMinutes,
    onlyWhen: { field: "check", is: "heartbeat" },
  },
  {
    name: "grace-minutes",
    kind: "number",
    min: 1,
    max: 1_440,
    example: 60,
    units: inMinutes,
    onlyWhen: { field: "check", is: "heartbeat" },
  },
] as const satisfies Field[];

/** Which answer tells one of a kind from another. */
export const tellingFieldOf: Record<CheckKind, (typeof checkFields)[number]["name"]> = {
  ...{ icmp: "address", tcp: "port", http: "url", dns: "domain", heartbeat: "every-minutes" },
};

/** Which answer holds the name that has to lead somewhere. */
export const nameFieldOf: Record<CheckKind, (typeof checkFields)[number]["name"]> = { ...tellingFieldOf, tcp: "host" };

/**
 * How that kind may be watched. An application is asked; what calls by itself is a job, which is a target of its own.
 *
 * @param office.hasPages what calls by itself calls a page
 */
export function checkKindsOf(kind: TargetKind, { hasPages }: { hasPages: boolean }): readonly CheckKind[] {
  const asked = checkKinds.filter((each) => each !== "heartbeat");
  const calling = hasPages && kind !== "application" ? (["heartbeat"] as const) : [];
  return kind === "job" ? calling : [...asked, ...calling];
}

/** What is asked of a way of watching that kind. */
export function checkFieldsOf(kind: TargetKind, office: { hasPages: boolean }): readonly Field[] {
  const [check, ...ofWays] = checkFields;
  return [{ ...check, choices: checkKindsOf(kind, office) }, ...ofWays];
}

/**
 * How a target is watched, as people say it. What is an address lies in the networks of the profile; a name is resolved when it is
 * asked, and what it leads to is judged then.
 *
 * @param answers of `checkFields`, checked one by one; of a form that is not at its end it refuses what is wrong with what is there
 */
export function settingsIn(answers: Answers, networks: AskedNetworks): Outcome<CheckSettings> {
  switch (answers.check) {
    case "icmp": {
      const address = readHost(answers.address ?? "", "address", networks);
      return address.ok ? accept({ kind: "icmp", address: address.value }) : address;
    }
    case "tcp": {
      const address = readHost(answers.host ?? "", "host", networks);
      return address.ok ? accept({ kind: "tcp", address: address.value, port: Number(answers.port) }) : address;
    }
    case "http":
      return readPage(answers, networks);
    case "dns":
      return readQuestion(answers, networks);
    case "heartbeat":
      return accept({ kind: "heartbeat", ...secondsIn(answers) });
    default:
      return refuse("not-a-choice", { field: "check" });
  }
}

function readHost(entered: string, field: string, networks: AskedNetworks): Outcome<string> {
  const parsed = parseAddress(entered);
  if (parsed.ok) {
    const refusal = refusalOfAddress(parsed.value, networks);
    return refusal === undefined ? accept(showAddress(parsed.value)) : about(field, refusal);
  }
  const name = parseFullName(entered);
  if (!name.ok) return refuse("check-address-unreadable", { field });
  const refusal = networks.playedAddresses && refusalOfPlayed(name.value, networks.playedAddresses);
  return refusal === undefined ? name : about(field, refusal);
}

function readPage(
  { url: entered = "", status, text, certificate }: Answers,
  networks: AskedNetworks,
): Outcome<CheckSettings> {
  const url = parseWebAddress(entered);
  if (!url.ok) return about("url", url.refusal);
  const host = readHost(hostOf(url.value), "url", networks);
  if (!host.ok) return host;
  return accept({
    ...{ kind: "http", url: url.value.href, status: status === undefined ? null : Number(status), text: text ?? null },
    ...(certificate === "ignored" ? { isCertificateIgnored: true } : {}),
  });
}

function readQuestion(
  { domain = "", server, expected = "" }: Answers,
  networks: AskedNetworks,
): Outcome<CheckSettings> {
  const name = parseDomainName(domain);
  if (!name.ok) return refuse("check-domain", { field: "domain" });
  if (server !== undefined) {
    const allowed = readHost(server, "server", networks);
    if (!allowed.ok) return allowed;
  }
  const addresses = expected.split(", ").filter((address) => address !== "");
  // In whichever order they were written it is the same check.
  return accept({ kind: "dns", server: server ?? null, name: name.value, expected: addresses.toSorted() });
}

function secondsIn(answers: Answers) {
  const seconds = (name: string) => Number(answers[name]) * 60;
  return { everySeconds: seconds("every-minutes"), graceSeconds: seconds("grace-minutes") };
}

function about(field: string, { code, values }: Refusal) {
  return refuse(code, { ...values, field });
}

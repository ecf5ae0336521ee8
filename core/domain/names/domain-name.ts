import { accept, type Outcome, refuse } from "../outcome.ts";

/** source: RFC 1035, 2.3.4 */
export const longestLabel = 63;
/** As it is written, without the dot of the root. source: RFC 1035, 2.3.4 (255 octets with the lengths) */
export const longestName = 253;

/** What stands between the label and the dots of an internationalised name in ASCII. source: RFC 5890, 2.3.2.1 */
const punycode = "xn--";

/**
 * Reads a domain name as people write it; capitals and spaces around it do not matter.
 *
 * source: RFC 1035, 2.3.1; RFC 1123, 2.1 (a label may begin with a digit)
 *
 * @returns refused with what is wrong, one thing at a time
 */
export function parseDomainName(entered: string): Outcome<string> {
  const name = entered.trim().toLowerCase();
  if (name === "") return refuse("text-empty");
  if (name.endsWith("."))
    return refuse("domain-trailing-dot", { meant: name.replace(/\.+$/, "").slice(0, longestName) });
  if (name.length > longestName) return refuse("domain-too-long", { length: name.length, longest: longestName });
  for (const label of name.split(".")) {
    const wrong = problemOf(label);
    if (wrong !== undefined) return wrong;
  }
  return accept(name);
}

function problemOf(label: string): ReturnType<typeof refuse> | undefined {
  if (label === "") return refuse("domain-empty-label");
  if (label.length > longestLabel) {
    return refuse("domain-label-too-long", { length: label.length, longest: longestLabel });
  }
  if (label.includes("_")) return refuse("domain-underscore", { meant: likeLabel(label) });
  if (label.startsWith(punycode)) return refuse("domain-punycode");
  const [strange] = label.match(/[^a-z0-9-]/u) ?? [];
  if (strange !== undefined) return refuse("domain-character", { character: strange });
  if (label.startsWith("-") || label.endsWith("-")) return refuse("domain-hyphen-at-edge");
  return undefined;
}

/** The nearest that may be a label, as an example: "antrean-baru" of "antrean_baru!". */
function likeLabel(label: string): string {
  const meant = label.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  return meant === "" ? "simpeg" : meant;
}

/**
 * A name below the main domain; where only a label is typed, the domain is added.
 *
 * @param domain the office's main domain, "labura.go.id"
 */
export function parseNameBelow(entered: string, domain: string): Outcome<string> {
  const parsed = parseDomainName(entered);
  if (!parsed.ok) return parsed;
  const name = withDomain(parsed.value, domain);
  if (name === domain || !isBelow(name, domain)) return refuse("domain-outside", { domain, name });
  return name.length > longestName
    ? refuse("domain-too-long", { length: name.length, longest: longestName })
    : accept(name);
}

/** A label as it is typed for short, with the domain. */
export function withDomain(name: string, domain: string): string {
  return name.includes(".") ? name : `${name}.${domain}`;
}

/** The domain itself, or in it. */
export function isBelow(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`);
}

/** "simpeg.labura.go.id" of "api.simpeg.labura.go.id". */
export function parentOfName(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}

export function firstLabelOf(name: string): string {
  return name.slice(0, name.indexOf("."));
}

import type { Answers, Field } from "../form/field.ts";
import { accept, type Outcome, refuse, refuseAbout } from "../outcome.ts";
import { isBelow, longestLabel, longestName, parseDomainName } from "./domain-name.ts";

export const recordTypes = ["MX", "TXT"] as const;
export type RecordType = (typeof recordTypes)[number];

/** Longer ones are no policies and keys any more. Source: office practice; a DKIM key of 4,096 bits has 740. */
const longestText = 1_000;

/** A record of the main domain beside those of names: `preference` and a server for mail, or a text. */
export const recordFields = (type: RecordType | undefined) =>
  [
    { name: "owner", kind: "line", maxLength: longestName },
    { name: "type", kind: "choice", choices: recordTypes },
    ...(type === "MX" ? [{ name: "preference", kind: "number", min: 0, max: 65_535, example: 10 } as const] : []),
    { name: "value", kind: "line", maxLength: longestText, dependsOn: ["type"] } as Field,
  ] as Field[];

export type WishedRecord = { owner: string; type: RecordType; preference: number | null; value: string };

/** Reads the answers of `recordFields`. A text may stand below a label with an underscore (RFC 8552). */
export function readRecord(answers: Answers, domain: string): Outcome<WishedRecord> {
  const type = answers.type === "MX" ? "MX" : "TXT";
  const owner = readOwner(answers.owner ?? "", domain, { mayHaveUnderscore: type === "TXT" });
  if (!owner.ok) return refuseAbout("owner", owner.refusal);
  if (type === "TXT") {
    return accept({ owner: owner.value, type, preference: null, value: answers.value ?? "" });
  }
  const server = parseDomainName(answers.value ?? "");
  if (!server.ok) return refuseAbout("value", server.refusal);
  if (!server.value.includes(".")) return refuse("domain-target-short", { field: "value" });
  return accept({ owner: owner.value, type, preference: Number(answers.preference), value: server.value });
}

function readOwner(
  entered: string,
  domain: string,
  { mayHaveUnderscore }: { mayHaveUnderscore: boolean },
): Outcome<string> {
  const text = entered.trim().toLowerCase();
  if (text === domain) return accept(domain);
  const name = isBelow(text, domain) ? text : `${text}.${domain}`;
  const plain = mayHaveUnderscore ? withoutUnderscores(name) : name;
  const parsed = parseDomainName(plain);
  if (!parsed.ok) return parsed;
  if (name.length > longestName) return refuse("domain-too-long", { length: name.length, longest: longestName });
  return accept(name);
}

/** The one at the beginning of a label counts as a letter. */
function withoutUnderscores(name: string): string {
  return name
    .split(".")
    .map((label) => (label.length <= longestLabel ? label.replace(/^_(?=[a-z0-9])/, "") : label))
    .join(".");
}

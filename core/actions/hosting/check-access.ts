import { endOfDay } from "../../domain/form/coming-day.ts";
import type { Answers } from "../../domain/form/field.ts";
import type { Application } from "../../domain/hosting/application.ts";
import type { AccessRules } from "../../domain/hosting/hosting-rules.ts";
import {
  accessKindsFor,
  isAccessKind,
  isOfDatabase,
  refusalOfTerm,
  type VendorAccess,
} from "../../domain/hosting/vendor-access.ts";
import { accept, type Outcome, refuse } from "../../domain/outcome.ts";
import type { Setting } from "../setting.ts";

/** Whether a vendor can get at an application's files or database for that long. @returns what the profile says of access */
export function checkAccess(
  setting: Setting,
  application: Pick<Application, "runtime" | "secrets">,
  answers: Answers,
): Outcome<AccessRules> {
  const { hosting } = setting.rules;
  const runtime = hosting?.runtimes.find(({ name }) => name === application.runtime);
  if (hosting?.access === undefined || runtime === undefined)
    return refuse("access-off", { field: "hosted-application" });
  const kind = answers["access-kind"];
  const possible = accessKindsFor(application, runtime);
  if (!isAccessKind(kind)) {
    return possible.length === 0
      ? refuse("application-keeps-no-files", { field: "hosted-application" })
      : refuse("not-offered", { field: "access-kind" });
  }
  if (!possible.includes(kind)) {
    const missing = isOfDatabase(kind) ? "application-has-no-database" : "application-keeps-no-files";
    return refuse(missing, { field: possible.length === 0 ? "hosted-application" : "access-kind" });
  }
  const { longestDays } = hosting.access;
  const term = refusalOfTerm(readAccess(setting, answers).until, { now: setting.now, longestDays });
  return term.ok ? accept(hosting.access) : term;
}

/** What a request asks for; it is that until its last day has ended. */
export function readAccess(
  { rules }: Setting,
  answers: Answers,
): Pick<VendorAccess, "kind" | "vendor" | "personName" | "publicKey" | "sources" | "until"> {
  const kind = answers["access-kind"];
  return {
    kind: isAccessKind(kind) ? kind : "sftp",
    vendor: answers.vendor ?? "",
    personName: answers["vendor-person"] ?? "",
    publicKey: answers["public-key"] ?? "",
    sources: answers.sources ?? null,
    until: endOfDay(answers.until ?? "", rules.zone),
  };
}

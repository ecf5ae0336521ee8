import type { CheckName, CheckResult, Finding } from "../domain/hosting/check.ts";
import type { Json } from "./tables.ts";

export type HostingTables = {
  machine_check: {
    attachment_id: number;
    name: CheckName;
    result: CheckResult["result"];
    findings: Json<Finding[]>;
    checked_at: Date;
  };
};

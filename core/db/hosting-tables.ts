import type { Generated, GeneratedAlways } from "kysely";
import type { ApplicationState } from "../domain/hosting/application.ts";
import type { CheckName, CheckResult, Finding } from "../domain/hosting/check.ts";
import type { PlannedChange, PreviewStep } from "../domain/hosting/preview.ts";
import type { Json } from "./tables.ts";

export type HostingTables = {
  machine_check: {
    attachment_id: number;
    name: CheckName;
    result: CheckResult["result"];
    findings: Json<Finding[]>;
    checked_at: Date;
  };
  application: {
    id: GeneratedAlways<number>;
    stack: string;
    ticket_id: number;
    office_id: number;
    title: string;
    domain_name: string;
    target: string;
    runtime: string;
    size: string;
    reach: "internet" | "intranet";
    port: number;
    prefix_id: number;
    subnet: string;
    gateway: string;
    address: string;
    next_address: string;
    attachment_id: number;
    image_id: string | null;
    state: ApplicationState;
    begun_plan_id: Generated<number | null>;
    changed_at: Date;
  };
  application_plan: {
    id: GeneratedAlways<number>;
    application_id: number;
    input: string;
    inputs_hash: string;
    preview_hash: string;
    program_hash: string;
    state_hash: string;
    image_id: string;
    changes: Json<PlannedChange[]>;
    steps: Json<PreviewStep[]>;
    made_at: Date;
    expires_at: Date;
  };
  stack_lease: { stack: string; holder: string; until: Date };
};

import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { FileLine } from "../../domain/form/csv.ts";
import type { Ending } from "../../domain/monitoring/announce.ts";
import type { CheckSettings } from "../../domain/monitoring/check.ts";
import type { LinkKind } from "../../domain/monitoring/link.ts";
import type { CauseCode } from "../../domain/monitoring/outage.ts";
import type { Histogram, Period } from "../../domain/monitoring/rollup.ts";
import type { Problem } from "../../domain/monitoring/sample.ts";
import type { State } from "../../domain/monitoring/state.ts";
import type { TargetKind } from "../../domain/monitoring/target.ts";
import type { TargetProblem } from "../../domain/monitoring/target-file.ts";
import type { Json } from "../column-types.ts";
import type { ListImportTable } from "../list-import-table.ts";

export type MonitorTables = {
  monitor_target: {
    id: GeneratedAlways<number>;
    kind: TargetKind;
    name: string;
    office_id: number | null;
    parent_id: number | null;
    asset_id: number | null;
    application_id: number | null;
    contact: string | null;
    place: string | null;
    link_kind: LinkKind | null;
    provider: string | null;
    circuit_number: string | null;
    bandwidth_mbps: number | null;
    /** 2027-12-31 */
    ends_on: string | null;
    noc_phone: string | null;
    is_paused: Generated<boolean>;
    interval_seconds: number | null;
    misses_until_down: number | null;
    successes_until_up: number | null;
    recheck_seconds: number | null;
    degraded_loss_percent: number | null;
    degraded_latency_ms: number | null;
    degraded_samples: number | null;
    flap_changes: number | null;
    flap_window_minutes: number | null;
    agreed_percent: number | null;
    is_public: Generated<boolean>;
    added_by: number | null;
    added_at: Date;
    removed_at: Date | null;
    version: Generated<number>;
  };
  monitor_target_former: {
    target_id: number;
    until: Date;
    office_id: number | null;
    parent_id: number | null;
    provider: string | null;
    circuit_number: string | null;
    agreed_percent: number | null;
  };
  monitor_agreed: { since: Date; percent: number };
  monitor_check: {
    id: GeneratedAlways<number>;
    target_id: number;
    settings: Json<CheckSettings>;
    added_at: Date;
    removed_at: Date | null;
  };
  monitor_sample: {
    at: Date;
    check_id: number;
    min_us: number | null;
    avg_us: number | null;
    max_us: number | null;
    jitter_us: number | null;
    sent: number;
    received: number;
    is_ok: boolean;
    problem: Problem | null;
    certificate_ends_at: Date | null;
  };
  monitor_minute: RollupTable;
  monitor_hour: RollupTable;
  monitor_day: RollupTable;
  monitor_look: {
    is_only: Generated<boolean>;
    looked_at: Date;
    uplink: "up" | "down" | "unknown";
    late_checks: number;
  };
  web_look: { is_only: Generated<boolean>; looked_at: Date; told_look: Date | null };
  monitor_rollup_due: { period: Period; begins_at: Date };
  monitor_check_state: {
    check_id: number;
    state: State;
    since: Date | null;
    known: Exclude<State, "unknown"> | null;
    last_at: Date | null;
    answered_at: Date | null;
    missed_at: Date | null;
    misses: number;
    successes: number;
    row_since: Date | null;
    recent: boolean[];
  };
  monitor_target_state: {
    target_id: number;
    state: State;
    since: Date | null;
    confirmed_at: Date | null;
    reached_since: Date | null;
    is_flapping: boolean;
    flips: Date[];
  };
  monitor_change: {
    id: GeneratedAlways<number>;
    target_id: number;
    from_state: State;
    to_state: State;
    at: Date;
    confirmed_at: Date;
  };
  outage: {
    id: GeneratedAlways<number>;
    target_id: number;
    started_at: Date;
    confirmed_at: Date;
    ended_at: Date | null;
    root_id: number | null;
    began_behind_id: number | null;
    cause_code: CauseCode | null;
    is_unwatched: Generated<boolean>;
  };
  outage_affected: {
    outage_id: number;
    person_id: number;
    office_id: number;
    joined_at: Date;
    told_at: Date | null;
    told_restored_at: Date | null;
  };
  ticket_known_outage: { ticket_id: number; outage_id: number };
  power_question: {
    id: GeneratedAlways<number>;
    outage_id: number;
    person_id: number;
    asked_by: number;
    asked_at: Date;
    is_out: boolean | null;
    answered_at: Date | null;
  };
  maintenance_window: {
    id: GeneratedAlways<number>;
    target_id: number;
    begins_at: Date;
    ends_at: Date;
    reason: string;
    set_by: number;
    set_at: Date;
  };
  heartbeat_token: { check_id: number; token_hash: Buffer; made_by: number; made_at: Date };
  certificate_warning: { check_id: number; ends_at: Date; told_days: number };
  /** @property ends_on 2027-12-31 */
  contract_warning: { target_id: number; ends_on: string; told_days: number };
  target_import: ListImportTable<FileLine, TargetProblem>;
  monitor_asking: { person_id: number; target_id: number; at: Date };
  monitor_alert: {
    id: GeneratedAlways<number>;
    key: string;
    kind: "down" | "flapping";
    root_id: number;
    children: number[];
    since: Date;
    told_at: Date;
    flipped_at: Date | null;
    acknowledged_by: number | null;
    acknowledged_at: Date | null;
    ending: Ending | null;
    ended_at: Date | null;
    reminders: Generated<number>;
  };
};

type RollupTable = {
  begins_at: Date;
  check_id: number;
  samples: number;
  misses: number;
  sent: number;
  received: number;
  min_us: number | null;
  max_us: number | null;
  sum_us: number;
  jitter_sum_us: number;
  jitter_samples: number;
  latency: ColumnType<Histogram, string, string>;
  loss: ColumnType<Histogram, string, string>;
};

import type { AvailabilityLine, Grouping } from "../../core/domain/monitoring/availability-lists.ts";

/** What is shown of availability and of outages, beside what is told of them. Months are as "2026-11". */
export type OutageScreen =
  /** Each by how much of the month it was up, the lowest first. */
  | { kind: "availability"; by: Grouping; month: string; page: number }
  /** One of these: what counts, and its outages. */
  | { kind: "availability-of"; of: AvailabilityLine["of"]; month: string; page: number }
  | { kind: "outage"; outageId: number }
  /** Words for the provider, to be copied. */
  | { kind: "provider-report"; outageId: number };

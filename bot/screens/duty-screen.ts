/** Who is on duty, and who is to be. */
export type DutyScreen =
  /** Who is on duty. */
  | { kind: "duty" }
  | { kind: "shift-notes"; page: number }
  /** Who is to be on duty, two weeks on a page. */
  | { kind: "roster"; page: number }
  /** One day of it, to be changed; 2026-11-30. */
  | { kind: "roster-day"; day: string };

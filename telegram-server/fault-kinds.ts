/**
 * When it is asked whether a fault happens: once at the beginning of a rule; before a call is carried out; when an update comes
 * into the queue; when it is given to the bot; when several are given at once; when a webhook gets one.
 */
export type Moment = "start" | "call" | "queued" | "given" | "batch" | "delivery";

export type ParameterName = "retryAfterSeconds" | "status" | "delaySeconds" | "days" | "skewSeconds";

type Parameter = { name: ParameterName; usual: number; least: number; most: number; among?: readonly number[] };

/** The faults there are. What a kind does stands where its moment is: call-faults.ts, update-faults.ts, world-faults.ts. */
export const faultKinds = {
  "too-many-requests": { moment: "call", parameter: { name: "retryAfterSeconds", usual: 5, least: 1, most: 86_400 } },
  "server-error": {
    moment: "call",
    parameter: { name: "status", usual: 502, least: 500, most: 504, among: [500, 502, 504] },
  },
  "dropped-before": { moment: "call" },
  "dropped-after": { moment: "call" },
  slow: { moment: "call", parameter: { name: "delaySeconds", usual: 3, least: 0, most: 3_600 } },
  "half-open": { moment: "call" },
  "token-changed": { moment: "call" },
  block: { moment: "call" },
  "delete-message": { moment: "call" },
  "delete-topic": { moment: "call" },
  "migrate-group": { moment: "call" },
  duplicate: { moment: "given" },
  reorder: { moment: "batch" },
  late: { moment: "queued", parameter: { name: "delaySeconds", usual: 10, least: 0, most: 86_400 } },
  "double-delivery": { moment: "delivery" },
  gap: { moment: "start", parameter: { name: "days", usual: 7, least: 2, most: 365 } },
  "clock-skew": {
    moment: "start",
    parameter: { name: "skewSeconds", usual: 3_600, least: -31_536_000, most: 31_536_000 },
  },
} as const satisfies Record<string, { moment: Moment; parameter?: Parameter }>;

export type FaultKind = keyof typeof faultKinds;

export function momentOf(kind: FaultKind): Moment {
  return faultKinds[kind].moment;
}

export function parameterOf(kind: FaultKind): Parameter | undefined {
  const entry: { moment: Moment; parameter?: Parameter } = faultKinds[kind];
  return entry.parameter;
}

/** One kind of fault, and when it happens. What is not said of it is no limit. */
export type FaultRule = { kind: FaultKind } & { [name in ParameterName]?: number } & {
  /** of the calls or updates that it could happen to; 1 where nothing is said */
  probability?: number;
  /** so many times and then no more */
  next?: number;
  /** the rule ends after so long, on the real clock */
  forSeconds?: number;
  /** of the calls only these; "download" is the fetching of a file */
  methods?: string[];
  /** only what is for, or from, that chat */
  chat?: number;
};

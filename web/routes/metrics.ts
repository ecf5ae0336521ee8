import type { Handler } from "hono";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type Figures, readFigures } from "../../core/db/figures.ts";
import type { Db } from "../../core/db/tables.ts";
import { type Labelled, labelsOf, targetLabels, targetReadings, valuesOf } from "./target-readings.ts";

/** One gauge: what it says, and how it is read from the figures. */
type Reading = {
  name: string;
  help: string;
  labelNames?: readonly string[];
  of: (figures: Figures, now: Date) => number | readonly Labelled[];
};

/** Labels are names out of our own tables (procedures, states, queues); of what people wrote the names of what is watched. */
const readings: readonly Reading[] = [
  { name: "simpul_inbox_pending", help: "Updates that wait to be handled.", of: ({ inbox }) => inbox.pending },
  {
    name: "simpul_inbox_oldest_pending_age_seconds",
    help: "Age of the oldest update that waits; 0 where none waits.",
    of: ({ inbox }, now) => ageSeconds(inbox.oldestPendingAt, now),
  },
  {
    name: "simpul_inbox_parked",
    help: "Updates that could not be handled, kept for days.",
    of: ({ inbox }) => inbox.parked,
  },
  { name: "simpul_outbox_pending", help: "Messages that wait to be sent.", of: ({ outbox }) => outbox.pending },
  {
    name: "simpul_outbox_oldest_due_age_seconds",
    help: "For how long the oldest message that may go is due; 0 where none is.",
    of: ({ outbox }, now) => ageSeconds(outbox.oldestDueAt, now),
  },
  {
    name: "simpul_outbox_dead",
    help: "Messages that cannot be sent, kept for 90 days.",
    of: ({ outbox }) => outbox.dead,
  },
  {
    name: "simpul_tickets_open",
    help: "Open tickets.",
    labelNames: ["procedure", "state"],
    of: ({ openTickets }) =>
      openTickets.map(({ procedure, state, count }) => ({ labels: { procedure, state }, value: count })),
  },
  {
    name: "simpul_journal_unsealed",
    help: "Journal rows that wait for their place in the chain.",
    of: ({ journal }) => journal.unsealed,
  },
  {
    name: "simpul_journal_chain_number",
    help: "Number of the last sealed journal row.",
    of: ({ journal }) => journal.chainNumber,
  },
  {
    name: "simpul_tasks",
    help: "Tasks that are not completed, by queue and state.",
    labelNames: ["queue", "state"],
    of: ({ tasks }) => tasks.map(({ queue, state, count }) => ({ labels: { queue, state }, value: count })),
  },
  {
    name: "simpul_database_round_trip_seconds",
    help: "How long a query that does nothing took.",
    of: ({ roundTripMs }) => roundTripMs / 1000,
  },
  {
    name: "simpul_monitor_late_checks",
    help: "Checks that began more than a second after their turn, since the monitor's start.",
    of: ({ lateChecks }) => lateChecks,
  },
  {
    name: "simpul_target_state",
    help: "1 for the state in which a target is: up, degraded, down, unknown, paused.",
    labelNames: [...targetLabels, "state"],
    of: ({ targets }) => targets.map((each) => ({ labels: { ...labelsOf(each), state: each.state }, value: 1 })),
  },
  ...targetReadings.map(
    (reading): Reading => ({
      ...{ name: reading.name, help: reading.help, labelNames: targetLabels },
      of: ({ targets }, now) => valuesOf(reading, targets, now),
    }),
  ),
];

export type MetricsOptions = {
  db: Db;
  lastPollAt: () => Date | undefined;
  /** Deliveries without the right secret, since the start. */
  webhookRefusals: () => number;
  now?: () => Date;
};

/**
 * For Prometheus: the process and the desk in numbers, read from the database at each scrape. While the database does not answer
 * `simpul_database_up` is 0 and what stands in the database is left out.
 */
export function metrics({ db, lastPollAt, webhookRefusals, now = () => new Date() }: MetricsOptions): Handler {
  const startedAt = now();
  const ofProcess = new Registry();
  collectDefaultMetrics({ register: ofProcess });
  const up = gaugeIn(ofProcess, { name: "simpul_database_up", help: "Whether the database answered." });
  const lastPollAge = gaugeIn(ofProcess, {
    name: "simpul_last_poll_age_seconds",
    help: "Seconds since Telegram came through; before the first time, since the start.",
  });
  new Counter({
    name: "simpul_webhook_refused_total",
    help: "Deliveries to the webhook without the right secret, since the start.",
    registers: [ofProcess],
    collect() {
      this.reset();
      this.inc(webhookRefusals());
    },
  });
  const ofDatabase = new Registry();
  const gauges = readings.map((reading) => ({ gauge: gaugeIn(ofDatabase, reading), of: reading.of }));

  return async (context) => {
    const at = now();
    const figures = await readFigures(db, at).catch(() => undefined);
    up.set(figures === undefined ? 0 : 1);
    lastPollAge.set(ageSeconds(lastPollAt() ?? startedAt, at));
    if (figures !== undefined) for (const { gauge, of } of gauges) show(gauge, of(figures, at));
    const parts = [await ofProcess.metrics(), figures === undefined ? "" : await ofDatabase.metrics()];
    return context.body(parts.join("\n"), 200, { "content-type": ofProcess.contentType });
  };
}

function gaugeIn(register: Registry, { name, help, labelNames = [] }: Omit<Reading, "of">): Gauge {
  return new Gauge({ name, help, labelNames, registers: [register] });
}

function show(gauge: Gauge, value: number | readonly Labelled[]): void {
  gauge.reset(); // A state in which no ticket is any more is not shown.
  if (typeof value === "number") gauge.set(value);
  else for (const each of value) gauge.set(each.labels, each.value);
}

function ageSeconds(date: Date | null, now: Date): number {
  return date === null ? 0 : Math.max(0, (now.getTime() - date.getTime()) / 1000);
}

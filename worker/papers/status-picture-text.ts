import { DateTime } from "luxon";
import { findStopped } from "../../core/db/monitoring/last-look.ts";
import { type ListedTarget, listNamedTargets } from "../../core/db/monitoring/monitor-lists.ts";
import { listSeen } from "../../core/db/monitoring/monitor-states.ts";
import { getPerson } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import { maySeeTarget } from "../../core/domain/monitoring/target-access.ts";
import { targetKinds } from "../../core/domain/monitoring/target-values.ts";
import { type Shown, type StatusPictureText, shownStates } from "./status-picture.ts";

const kindWords = {
  ...({ site: "Kantor", link: "Link", device: "Perangkat", application: "Aplikasi" } as const),
  job: "Pekerjaan berkala",
};

type Stated = ListedTarget & { state: Shown };

/** How all is at this moment that the person may see for whom it is drawn. @param zone IANA name */
export async function statusPictureText(
  db: Db,
  { personId }: { personId: number },
  { zone, now }: { zone: string; now: Date },
): Promise<StatusPictureText> {
  const viewer = await getPerson(db, personId);
  const seen = new Map((await listSeen(db)).map((each) => [each.id, each]));
  const visible = (await listNamedTargets(db)).filter((target) => maySeeTarget(viewer, target));
  const targets = visible.map((target): Stated => {
    const state = seen.get(target.id);
    return { ...target, state: state?.isPaused ? "paused" : (state?.state ?? "unknown") };
  });
  // A backup that gives no word says nothing of an office's way.
  const offices = Map.groupBy(
    targets.filter(({ kind }) => kind !== "job"),
    ({ officeCode }) => officeCode ?? "Milik bersama",
  );
  return {
    subtitle: await asOf(db, zone, now),
    bars: targetKinds.flatMap((kind) => {
      const own = targets.filter((target) => target.kind === kind);
      return own.length === 0 ? [] : [{ label: kindWords[kind], counts: countsOf(own) }];
    }),
    offices: [...offices]
      .map(([code, own]) => officeOf(code, own))
      .toSorted((one, other) => rank(one.state) - rank(other.state) || one.code.localeCompare(other.code, "id")),
  };
}

/** It is forwarded: what it shows is from when somebody looked last. */
async function asOf(db: Db, zone: string, now: Date): Promise<string> {
  const stopped = await findStopped(db, now);
  const at = DateTime.fromJSDate(stopped ?? now, { zone })
    .setLocale("id")
    .toFormat("d MMMM yyyy HH.mm");
  return `Keadaan ${at}${stopped === undefined ? "" : ", sejak itu pemantau tidak berjalan"}`;
}

function officeOf(code: string, own: readonly Stated[]): StatusPictureText["offices"][number] {
  const counts = countsOf(own);
  // What is unknown says nothing about the rest, and what is paused is meant to be silent.
  const order = ["down", "degraded", "up", "unknown", "paused"] as const;
  return {
    code,
    state: order.find((state) => counts[state] > 0) ?? "unknown",
    details: `${counts.up} dari ${own.length} normal`,
  };
}

function countsOf(targets: readonly Stated[]): Record<Shown, number> {
  const count = (state: Shown) => targets.filter((target) => target.state === state).length;
  return {
    ...{ down: count("down"), degraded: count("degraded"), unknown: count("unknown") },
    ...{ up: count("up"), paused: count("paused") },
  };
}

function rank(state: Shown): number {
  return shownStates.indexOf(state);
}

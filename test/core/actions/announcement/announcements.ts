import { askAnnouncementApproval } from "../../../../core/actions/announcement/ask-announcement-approval.ts";
import { decideAnnouncement } from "../../../../core/actions/announcement/decide-announcement.ts";
import { readAnnouncement } from "../../../../core/actions/announcement/read-announcement.ts";
import { withdrawAnnouncement } from "../../../../core/actions/announcement/withdraw-announcement.ts";
import { changeAnnouncement, writeAnnouncement } from "../../../../core/actions/announcement/write-announcement.ts";
import { findAnnouncement } from "../../../../core/db/announcement/announcements.ts";
import { findOfficeByCode } from "../../../../core/db/people/offices.ts";
import type { Announcement, AnnouncementPart } from "../../../../core/domain/announcement/announcement.ts";
import type { Answers } from "../../../../core/domain/form/field.ts";
import type { Outcome } from "../../../../core/domain/outcome.ts";
import type { Person } from "../../../../core/domain/people/person.ts";
import { morning, type TestOffice } from "../../../support/office.ts";

export const outage: Answers = { kind: "outage", title: "Internet terputus", text: "Kabel putus di Jalan Sudirman." };

/** The ways of announcements in an office of the tests, each in a transaction of its own. */
export function announcing(office: TestOffice) {
  const { act, setting } = office;

  const write = (by: Person, answers: Answers = {}, officeIds: number[] | null = null, now = morning) =>
    act((tx) => writeAnnouncement(tx, by, setting(now), { answers: { ...outage, ...answers }, officeIds }));
  const ask = (by: Person, announcementId: number, version = 1, now = morning) =>
    act((tx) => askAnnouncementApproval(tx, by, setting(now), { announcementId, version }));
  const approve = (by: Person, announcementId: number, version = 1, now = morning) =>
    act((tx) => decideAnnouncement(tx, by, setting(now), { announcementId, version, decision: "approved" }));
  const reject = (by: Person, announcementId: number, version = 1, note = "Tulis jamnya.") =>
    act((tx) =>
      decideAnnouncement(tx, by, setting(), { announcementId, version, decision: "rejected", answers: { note } }),
    );
  const change = (
    by: Person,
    announcementId: number,
    part: AnnouncementPart,
    value: string | number[] | undefined,
    version = 1,
  ) =>
    act((tx) =>
      changeAnnouncement(tx, by, setting(), {
        ...{ announcementId, version, part },
        answers: typeof value === "string" ? { [part]: value } : {},
        officeIds: Array.isArray(value) ? value : null,
      }),
    );

  async function must<Value>(outcome: Promise<Outcome<Value>>): Promise<Value> {
    const done = await outcome;
    if (!done.ok) throw new Error(`announcing for a test: ${done.refusal.code}`);
    return done.value;
  }

  return {
    ...{ write, ask, approve, reject, change, must },
    withdraw: (by: Person, announcementId: number, note = "Salah jadwal.") =>
      act((tx) => withdrawAnnouncement(tx, by, setting(), { announcementId, answers: { note } })),
    read: (by: Person, announcementId: number, version = 1, now = morning) =>
      act((tx) => readAnnouncement(tx, by, setting(now), { announcementId, version })),

    /** Written and waiting for approval; nobody has messages about it any more. */
    async asked(by: Person, answers: Answers = {}, officeIds: number[] | null = null): Promise<number> {
      const id = await must(write(by, answers, officeIds));
      await must(ask(by, id));
      await office.takeMail();
      return id;
    },

    /** Approved and sent, as messages that can be edited. */
    async sent(by: Person, approver: Person, officeIds: number[] | null = null): Promise<number> {
      const id = await must(write(by, {}, officeIds));
      await must(ask(by, id));
      await must(approve(approver, id));
      await office.deliver();
      return id;
    },

    async announcement(id: number): Promise<Announcement> {
      const found = await findAnnouncement(office.db, id);
      if (found === undefined) throw new Error(`there is no announcement ${id}`);
      return found;
    },

    officeId: async (code: string) => (await findOfficeByCode(office.db, code)).id,

    recipients: (id: number, version = 1) =>
      office.db
        .selectFrom("announcement_receipt")
        .innerJoin("person", "person.id", "person_id")
        .innerJoin("office", "office.id", "announcement_receipt.office_id")
        .select(["person.name", "office.code", "read_at as readAt"])
        .where("announcement_id", "=", id)
        .where("version", "=", version)
        .orderBy("person.name")
        .execute(),

    journal: async (id: number) =>
      office.db
        .selectFrom("journal")
        .select(["event", "actor_id as by", "details"])
        .where("subject_kind", "=", "announcement")
        .where("subject_id", "=", id)
        .orderBy("id")
        .execute(),
  };
}

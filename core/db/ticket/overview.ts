import { sql } from "kysely";
import type { Role } from "../../domain/people/roles.ts";
import type { Db } from "../tables.ts";
import { type ListedTicket, type Page, selectListed } from "./tickets.ts";

/** The open tickets of a team, or, under `user`, those that wait for their requesters. */
export type TeamLoad = {
  holder: Role;
  open: number;
  untaken: number;
  pending: number;
  urgent: number;
  oldestId: number;
  oldestAt: Date;
};

export function listTeamLoads(db: Db): Promise<TeamLoad[]> {
  return db
    .selectFrom("ticket")
    .select("holder")
    .select((select) => [
      select.fn.countAll<number>().as("open"),
      select.fn.countAll<number>().filterWhere("assignee_id", "is", null).as("untaken"),
      select.fn.countAll<number>().filterWhere("pending_on", "is not", null).as("pending"),
      select.fn.countAll<number>().filterWhere("is_urgent", "=", true).as("urgent"),
      sql<number>`(array_agg(id order by reported_at, id))[1]`.as("oldestId"),
      select.fn.min("reported_at").as("oldestAt"),
    ])
    .where("ended_at", "is", null)
    .where("holder", "is not", null)
    .groupBy("holder")
    .$narrowType<{ holder: Role; oldestAt: Date }>()
    .execute();
}

export type PersonLoad = { personId: number; name: string; assigned: number; oldestId: number; oldestAt: Date };

/** What each one works on, who has most first. */
export function listPersonLoads(db: Db, page: Page): Promise<PersonLoad[]> {
  return db
    .selectFrom("ticket")
    .innerJoin("person", "person.id", "ticket.assignee_id")
    .select(["person.id as personId", "person.name"])
    .select((select) => [
      select.fn.countAll<number>().as("assigned"),
      sql<number>`(array_agg(ticket.id order by ticket.reported_at, ticket.id))[1]`.as("oldestId"),
      select.fn.min("ticket.reported_at").as("oldestAt"),
    ])
    .where("ticket.ended_at", "is", null)
    .groupBy(["person.id", "person.name"])
    .orderBy("assigned", "desc")
    .orderBy("oldestAt")
    .orderBy("person.id")
    .offset(page.offset)
    .limit(page.limit)
    .$narrowType<{ oldestAt: Date }>()
    .execute();
}

/** All open tickets, or those of one team or of one person, the oldest first. */
export function listOpenTickets(
  db: Db,
  of: { holder?: Role | undefined; assigneeId?: number | undefined },
  page: Page,
): Promise<ListedTicket[]> {
  return selectListed(db)
    .where("ticket.ended_at", "is", null)
    .$if(of.holder !== undefined, (query) => query.where("ticket.holder", "=", of.holder ?? null))
    .$if(of.assigneeId !== undefined, (query) => query.where("ticket.assignee_id", "=", of.assigneeId ?? null))
    .orderBy("ticket.reported_at")
    .orderBy("ticket.id")
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

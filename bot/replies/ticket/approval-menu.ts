import { holdsInOwnRight } from "../../../core/db/people/people.ts";
import type { Db } from "../../../core/db/tables.ts";
import { listTicketsAwaitingApproval } from "../../../core/db/ticket/approvals.ts";
import { hasRole, type Person } from "../../../core/domain/people/person.ts";
import { approverRoles } from "../../../core/domain/people/roles.ts";
import { substitutedRole } from "../../../core/domain/people/substitution-rules.ts";
import { worksAtDesk } from "../../../core/domain/ticket/ticket.ts";
import type { Button } from "../../rendered.ts";
import type { Html } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";
import { freezeOnMenu } from "./freeze.ts";

/** What stands on the menu of those who approve, and of the desk about approvals. */
export async function approvalMenu(
  db: Db,
  viewer: Person,
  office: OfficeWords,
): Promise<{ line: Html | undefined; waiting: Button[][]; rows: Button[][] }> {
  const roles = approverRoles.filter((role) => hasRole(viewer, role));
  const waiting = await listTicketsAwaitingApproval(db, roles, viewer.id);
  const approves =
    waiting.length > 0 || ["leadership", "committee", "executive"].some((role) => roles.some((own) => own === role));
  const { line, buttons } = await freezeOnMenu(db, viewer, office);
  const mayNameSubstitute = hasRole(viewer, substitutedRole) && (await holdsInOwnRight(db, viewer.id, substitutedRole));
  const substitutes: Button[] = mayNameSubstitute
    ? [{ label: "🪪 Plh./Plt.", press: { do: "substitutions", forPersonId: viewer.id } }]
    : [];
  return {
    line,
    waiting: approves
      ? [[{ label: `🖊 Menunggu persetujuan (${waiting.length})`, press: { do: "list", list: "approvals", page: 0 } }]]
      : [],
    rows: [
      [
        ...(worksAtDesk(viewer) ? [{ label: "📋 Pengecualian", press: { do: "exceptions", page: 0 } } as const] : []),
        ...substitutes,
      ],
      buttons,
    ],
  };
}

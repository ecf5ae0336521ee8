import { z } from "zod";
import { maintainerKinds } from "../core/domain/maintenance/maintainer.ts";
import { deskRoles } from "../core/domain/people/roles.ts";
import { text } from "./schema-messages.ts";

/** Who maintains something (R65); the keys that applications, devices and entries of the catalogue have in common. */
export const maintenanceKeys = {
  maintainer: z.enum(maintainerKinds, { error: `must be one of ${maintainerKinds.join(", ")}` }),
  team: z.enum(deskRoles, { error: "must be a team, for example data-center" }).optional(),
  vendor: text("PT Nusantara Sistem").optional(),
  contact: text("bantuan@vendor.co.id").optional(),
};

type Keys = { maintainer?: string; team?: string | undefined; vendor?: string | undefined };

const vendorExample = "for example { maintainer: vendor, vendor: PT Nusantara Sistem }";

/** A vendor is named, and nobody else. */
export const vendorProblems = z.superRefine<Keys>(({ maintainer, vendor }, context) => {
  if ((maintainer === "vendor") === (vendor !== undefined)) return;
  const message =
    vendor === undefined ? `must name the vendor, ${vendorExample}` : `goes with maintainer: vendor, ${vendorExample}`;
  context.addIssue({ code: "custom", path: ["vendor"], message });
});

/** A team is the IT office's. */
export const teamProblems = z.superRefine<Keys>(({ maintainer, team }, context) => {
  if (maintainer === "dinas" || team === undefined) return;
  const message = "goes with maintainer: dinas, for example { maintainer: dinas, team: data-center }";
  context.addIssue({ code: "custom", path: ["team"], message });
});

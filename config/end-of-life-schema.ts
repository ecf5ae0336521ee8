import { z } from "zod";
import type { EndOfLife } from "../core/domain/hosting/checks/end-of-life.ts";
import { text, unknownKeysOr } from "./schema-messages.ts";

// `end-of-life.yaml`. Operators add cycles each quarter, so each message shows a right value.

const endsMessage = 'must be the last day in quotation marks, or maintained, for example "2027-12-31"';
const ends = z
  .string({ error: endsMessage })
  .refine((text) => text === "maintained" || z.iso.date().safeParse(text).success, { error: endsMessage });

const product = z.strictObject(
  {
    source: text("EOLD"),
    cycles: z.record(z.string().regex(/^\d+(\.\d+)*$/), ends, {
      error: 'must hold cycles, each a version and its last day, for example "8.3": "2027-12-31"',
    }),
  },
  { error: unknownKeysOr("must hold source and cycles") },
);

export const endOfLifeFile = z
  .strictObject(
    {
      sources: z.record(z.string(), text("endoflife.date, as of 2026-08-22"), { error: "must name the sources" }),
      products: z.record(z.string(), product, { error: "must hold products, for example php" }),
    },
    { error: unknownKeysOr("must hold sources and products") },
  )
  .superRefine(({ sources, products }, context) => {
    for (const [name, { source }] of Object.entries(products)) {
      if (Object.hasOwn(sources, source)) continue;
      const message = `sources has no "${source}"; there are ${Object.keys(sources).join(", ")}`;
      context.addIssue({ code: "custom", path: ["products", name, "source"], message });
    }
  })
  .transform(({ products }): EndOfLife => {
    return new Map(
      Object.entries(products).map(([name, { cycles }]) => {
        return [name, Object.entries(cycles).map(([cycle, ends]) => ({ cycle, ends }))];
      }),
    );
  });

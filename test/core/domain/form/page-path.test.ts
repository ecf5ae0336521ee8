import { expect, it } from "vitest";
import { parseAnswer } from "../../../../core/domain/form/field.ts";
import { healthPath } from "../../../../core/domain/procedures/hosting-questions.ts";

const context = { now: new Date("2026-11-22T02:00:00Z"), zone: "Asia/Jakarta" };

it.each(["/", "/api/health", "/api/v1/~siti/status.json?full=1", "/a%20b"])("%s is that of a page", (entered) => {
  expect(parseAnswer(healthPath, ` ${entered} `, context)).toEqual({ ok: true, value: entered });
});

// What a shell or a quotation knows, it could leave.
it.each([
  ...["api/health", "https://simpeg.labura.go.id/api", "//lain.go.id/", "/api health", "/a;id", "/a&id", "/$(id)"],
  ...["/`id`", "/a'", '/a"', "/a\\b", "/a|b", "/{port}"],
])("%s is refused", (entered) => {
  expect(parseAnswer(healthPath, entered, context)).toMatchObject({ refusal: { code: "page-path-unreadable" } });
});

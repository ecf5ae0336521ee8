import { expect, it } from "vitest";
import { exposedPorts, mayAnswerAt } from "../../../../core/domain/hosting/exposed-ports.ts";
import type { HostingRuntime } from "../../../../core/domain/hosting/hosting-rules.ts";

const image: Pick<HostingRuntime, "made" | "command"> = {};

it.each([
  ["8080/tcp", ["8080"]],
  ["3000/tcp, 9000-9010/tcp, 53/udp, 81", ["3000", "9000-9010", "81"]],
  ["", []],
  ["http/tcp, \\u001b", []],
  ["8080/tcp, 80…", []],
])("of %j those of TCP are read", (listed, ports) => {
  expect(exposedPorts(listed)).toEqual(ports);
});

it.each([
  ["one of them", ["3000", "8080"], image, true],
  ["within a range", ["8000-8090"], image, true],
  ["another one", ["3000"], image, false],
  ["just behind a range", ["8000-8079"], image, false],
  ["nothing that is known", [], image, true],
  ["another one, but the profile tells the program its port", ["3000"], { command: ["serve", "{port}"] }, true],
  ["another one, but the image is only a base", ["3000"], { made: { image: "sha256:a", folder: "/srv" } }, true],
])("an image that exposes %s answers at 8080, or not", (_what, exposed, runtime, isThere) => {
  expect(mayAnswerAt(exposed, 8080, runtime)).toBe(isThere);
});

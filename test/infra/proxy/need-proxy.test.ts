import { expect, test } from "vitest";
import { needProxy } from "../../../infra/proxy/need-proxy.ts";
import type { DockerHost } from "../../../infra/stacks/docker-host.ts";
import { explainOutput } from "../../../infra/stacks/fault.ts";

/** @param containers of the host, by their names */
function hostWith(...containers: string[]): DockerHost {
  return {
    run: async (args) => {
      const name = args.at(-1) ?? "";
      if (containers.includes(name)) return "sha256:1\n";
      throw explainOutput("docker container inspect", `Error: No such container: ${name}`);
    },
  };
}

test("a host has its proxy, or it is said that it is missing", async () => {
  await expect(needProxy(hostWith("platform-dc-proxy"), "platform-dc")).resolves.toBeUndefined();
  await expect(needProxy(hostWith("platform-aa-proxy"), "platform-dc")).rejects.toMatchObject({
    reason: "proxy-missing",
  });
});

import { expect, test } from "vitest";
import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { explainOutput } from "../../infra/stacks/fault.ts";
import { saveImage } from "../../worker/hosting/save-image.ts";

const id = `sha256:${"a".repeat(64)}`;
const limits = { largestMegabytes: 100, freeBytes: 2 ** 40, promisedBytes: 0 };

test.each([
  ["write /srv/simpul/files/incoming/.docker_temp_7: no space left on device", "store-full"],
  ["Error response from daemon: write /var/lib/docker/tmp/export: no space left on device", "disk-full"],
])("which disk is full while an image is saved is told by who says so: %s", async (printed, reason) => {
  const docker: DockerHost = {
    run: async ([, what], { writesHere } = {}) => {
      if (what === "save") throw explainOutput("docker image save", printed, { writesHere });
      return what === "ls" ? id : `${id} 1000`;
    },
  };
  const saving = saveImage(docker, `web@${id}`, "/srv/simpul/files/incoming/x", limits, new AbortController().signal);
  await expect(saving).rejects.toMatchObject({ reason });
});

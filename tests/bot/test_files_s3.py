"""The storage on S3: against a small server that speaks its HTTP, as the real client asks it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.files import Files, StorageFault
from db.vault import Vault
from tests.factories import DATA_KEY

PLAIN = b"IIN 000000000000, Aigerim" * 400_000  # in several parts, if it were sent in parts


@dataclass
class Bucket:
    """Objects by their address, and what was asked."""

    objects: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    down: bool = False

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(f"{request.method} {request.path_qs}")
        if self.down:
            return web.Response(status=403, text="<Error><Code>AccessDenied</Code></Error>")
        if request.method == "PUT":
            self.objects[request.path] = await request.read()
            return web.Response(headers={"ETag": '"1"'})
        if request.method == "DELETE":
            self.objects.pop(request.path, None)
            return web.Response(status=204)
        if request.path not in self.objects:
            return web.Response(status=404, text="<Error><Code>NoSuchKey</Code></Error>")
        headers = {"ETag": '"1"', "Last-Modified": "Sun, 22 Nov 2026 07:00:00 GMT"}
        return web.Response(body=self.objects[request.path], headers=headers)


@pytest.fixture
async def bucket(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bucket]:
    bucket = Bucket()
    app = web.Application(client_max_size=64 << 20)
    app.router.add_route("*", "/{path:.*}", bucket.answer)
    async with TestServer(app) as server:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_REGION": "kz-1",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
        }.items():
            monkeypatch.setenv(name, value)
        yield bucket


async def test_what_is_put_into_a_bucket_comes_back_and_goes(bucket: Bucket) -> None:
    files = Files("s3://papers/zhas", Vault(DATA_KEY))
    await files.put("ab/cdef", PLAIN)
    assert list(bucket.objects) == ["/papers/zhas/ab/cdef"]
    assert b"Aigerim" not in bucket.objects["/papers/zhas/ab/cdef"]
    assert [one.split("?")[0] for one in bucket.asked] == ["PUT /papers/zhas/ab/cdef"]
    assert await files.get("ab/cdef") == PLAIN
    await files.delete(["ab/cdef", "ab/never"])
    assert bucket.objects == {}
    with pytest.raises(FileNotFoundError):
        await files.get("ab/cdef")


async def test_a_bucket_that_refuses_is_a_fault_of_the_storage(bucket: Bucket) -> None:
    bucket.down = True
    with pytest.raises(StorageFault):
        await Files("s3://papers", Vault(DATA_KEY)).put("ab/cdef", b"plain")

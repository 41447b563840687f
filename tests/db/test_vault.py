"""The vault: what is sealed opens with any of the keys, and with nothing else."""

from __future__ import annotations

import pytest

from db.vault import SealBroken, Vault

OLD, NEW, OTHERS = Vault.new_key(), Vault.new_key(), Vault.new_key()
WORDS = "Айгерім, 990504200018"


def test_what_is_sealed_opens_again_and_is_another_each_time() -> None:
    vault = Vault(OLD)
    first, second = (vault.seal(WORDS.encode()) for _ in range(2))
    assert first != second
    assert vault.open(first) == vault.open(second) == WORDS.encode()
    assert vault.open_data(vault.seal_data({"name": WORDS})) == {"name": WORDS}
    assert (vault.seal_data({}), vault.open_data(b"")) == (b"", {})


def test_keys_can_be_changed_without_losing_anything() -> None:
    before, after = Vault(OLD), Vault(f"{NEW}, {OLD}")
    assert after.open(before.seal(b"old")) == b"old"
    assert Vault(NEW).open(after.seal(b"new")) == b"new"  # the first seals
    assert after.keyed_hash(WORDS) == before.keyed_hash(WORDS) != Vault(NEW).keyed_hash(WORDS)


def test_nothing_else_opens() -> None:
    vault = Vault(OLD)
    sealed = vault.seal(WORDS.encode())
    spoiled = [sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :] for place in (0, 12, len(sealed) - 1)]
    for broken in (*spoiled, sealed[:-1], sealed[:20], b"", Vault(OTHERS).seal(b"x")):
        with pytest.raises(SealBroken):
            vault.open(broken)


@pytest.mark.parametrize(
    "keys", ["", " , ", "short", OLD[:-4], f"{OLD},nonsense"], ids=["none", "commas", "short", "cut", "second"]
)
def test_a_malformed_key_is_refused(keys: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Vault(keys)

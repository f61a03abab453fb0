"""Which words tell nothing by themselves, and when a word that looks like one does.

Forms are folded, so "été" looks like a participle and "AURA" like a verb: for such words the ones around them decide, in texts
and queries alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

INTERROGATIVES = frozenset(
    "combien comment lequel laquelle lesquelles lesquels ou pourquoi quand que quel quelle quelles quels qui quoi".split()
)

STOP_WORDS = INTERROGATIVES | frozenset(
    """
    a au aujourd auquel aux avec c ca car ce ceci cela celle celles celui ces cet cette ceux chez ci comme d dans de des donc dont
    du duquel elle elles en entre et eux hui ici il ils j je jusqu jusque l la le les leur leurs lorsqu lorsque lui m ma mais me
    meme memes mes moi mon n ne ni nos notre nous on or par parce pas plus pour presqu puisqu puisque qu quelqu quoiqu quoique s
    sa sans se ses si soi son sous sur t ta te tes toi ton tu un une vers vos votre vous y
    ai aie aient aies ait as aura aurai auraient aurais aurait auras aurez auriez aurions aurons auront avaient avais avait avez
    aviez avions avons ayant ayez ayons eu eue eues eumes eurent eus eut eutes ont
    es est etaient etais etait etant ete etee etees etes etiez etions fumes furent fus fut futes sera serai seraient serais serait
    seras serez seriez serions serons seront soient sois soit sommes sont soyez soyons suis
    """.split()
)

CLITICS = frozenset("ce ci elle elles en eux il ils je la le les leur lui moi nous on t toi tu vous y".split())
"""They end a verb or a pronoun with its hyphen ("est-ce", "celui-ci"), not a name."""

_HAVING = frozenset("a ai ait aient as aura aurait auraient auront avaient avait avez avoir avons ayant eu eut ont".split())
_BEFORE_NOUN = frozenset("au aux cet chaque ces d dernier des du en l le les prochain un".split())


class Rule(NamedTuple):
    """When a stop word is a word of its own: after one of `after`; at the `edge` of a clause, with nothing after it.

    `unless_having`: always, unless a form of avoir stands in the three words before ("a bien été"); `unless_we`: unless "nous"
    stands in the two before ("nous avions").
    """

    after: frozenset[str] = frozenset()
    edge: bool = False
    unless_having: bool = False
    unless_we: bool = False


def _after(words: str, *, edge: bool = False) -> Rule:
    return Rule(frozenset(words.split()), edge)


RULES: dict[str, Rule] = {
    "ete": Rule(_BEFORE_NOUN, unless_having=True),
    "etes": Rule(_BEFORE_NOUN),
    "est": _after("d grand l nord sud vers", edge=True),
    "aura": _after("d en l region", edge=True),
    "sommes": Rule(unless_we=True),
    "avions": Rule(unless_we=True),
    "son": _after("du le un"),
    "car": _after("en le par un"),
    "or": _after("d en l"),
    "pas": _after("du le premier premiers un"),
    "plus": _after("un le du"),
    "vers": _after("des les"),
}


def is_stop(form: str, before: Sequence[str], ends: bool) -> bool:
    """Whether a folded word tells nothing where it stands: `before` are the words before it in its clause, the nearest last.

    `ends`: nothing of its clause follows it.
    """
    if len(form) < 2:
        return not form.isdigit()
    if form not in STOP_WORDS:
        return False
    rule = RULES.get(form)
    if rule is None:
        return True
    if before and before[-1] in rule.after:
        return False
    if rule.unless_we:
        return "nous" in before[-2:]
    if rule.unless_having:
        return not _HAVING.isdisjoint(before[-3:])
    return not (rule.edge and ends)

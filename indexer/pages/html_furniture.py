"""What in a page belongs to the site rather than to the article: menus, banners, share bars… by name and by words."""

from __future__ import annotations

import re

_ANYWHERE = frozenset(
    "cookie cookies consent rgpd gdpr tarteaucitron axeptio didomi breadcrumb breadcrumbs ariane pager pagination skiplink"
    " skiplinks newsletter addtoany sharethis sharedaddy related relatedposts similaires lightbox captcha".split()
)
_AT_AN_END = frozenset(
    "menu menus nav navbar navigation sidebar footer pied header entete toolbar tools outils share sharing partage partager"
    " social favoris bandeau popup modal skip search recherche comments commentaires".split()
)
_AT_START = frozenset("widget comment respond repondre hierarchie arbo mentions".split())
_WHOLE = frozenset(
    ("extra", "voir-aussi", "lire-aussi", "a-lire-aussi", "site-info", "back-to-top", "meme-rubrique", "colophon", "article-info")
)
_CONTENT_CLASS = re.compile(r"^(?:field|node|page|views?|taxonomy|type|entry|post|article)(?:[-_]|$)")
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog"))

_WORDS = re.compile(
    r"(?:(?:favoris(?: ?\+)?|ajouter aux favoris|a ?\+|a ?-|version imprimable|imprimer(?: (?:la|cette) page| l.article)?|pdf"
    r"|pr[ée]c[ée]dent|suivant|accueil|haut de (?:la )?page|retour en haut(?: de (?:la )?page)?"
    r"|retour [àa] la liste(?: des [\w é]{1,30})?"
    r"|vous [êe]tes ici|(?:aller|passer|acc[ée]der) (?:directement )?au (?:contenu|menu|pied de page)(?: principal)?"
    r"|partage[rz](?: (?:sur|par|la|cette|cet|l.article)[^|]{0,30})?|tweeter|facebook|twitter|linkedin|whatsapp|x|mastodon"
    r"|bluesky|envoyer (?:par|[àa] un)[^|]{0,12}|copier le lien|lire la suite|t[ée]l[ée]charge(?:r|ment)|r[ée]agir|commenter"
    r"|mentions l[ée]gales|plan du site|politique de confidentialit[ée]|donn[ée]es personnelles|cr[ée]dits|nous contacter"
    r"|accessibilit[ée] : (?:non|partiellement|totalement) conforme|gestion des cookies|fermer|rechercher"
    r"|s.(?:abonner|inscrire) [àa] (?:la|notre) (?:newsletter|lettre[\w ’'-]{0,20})"
    r"|laisser un commentaire|r[ée]pondre [àa] cet article|toutes? les? (?:actualit[ée]s?|agendas?))"
    r"[\s|·•›‹»«>:…/-]*)+",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"(?:ce site|nous) utilis\w+ (?:des |les )?cookies|accept\w+ (?:tous )?(?:les )?cookies|gestion des cookies"
    r"|votre adresse (?:e-?mail|de messagerie|courriel) ne sera pas publi[ée]e|publi[ée] sur .{1,80}\(\s*https?://\S*\s*\)$",
    re.IGNORECASE,
)
_LONGEST = 400
_RELATED = re.compile(
    r"(?:[àa] lire|[àa] voir|voir|lire|[àa] d[ée]couvrir|d[ée]couvrir|consulter)(?: aussi| [ée]galement)"
    r"|(?:articles?|contenus?|actualit[ée]s?|pages?|ressources?|[ée]v[ée]nements?)"
    r" (?:similaires?|li[ée]e?s|connexes?|associ[ée]e?s)"
    r"|(?:sur|dans) (?:le|la) m[êe]me (?:sujet|th[èe]me|th[ée]matique|rubrique)"
    r"|autres (?:articles|actualit[ée]s|[ée]v[ée]nements)[^.]{0,40}|vous aimerez aussi",
    re.IGNORECASE,
)


def named_furniture(attributes: dict[str, str | None]) -> bool:
    """Whether the class, id or role of an element says that it is a menu, a banner, a breadcrumb…"""
    if not attributes:
        return False
    if attributes.get("role") in _ROLES:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower().split()
    return any(name in _WHOLE or (not _CONTENT_CLASS.match(name) and _names(name)) for name in names)


def _names(name: str) -> bool:
    words = [word for word in re.split(r"[-_]+", name) if word]
    if not words:
        return False
    at_end = words[0] in _AT_AN_END or words[-1] in _AT_AN_END
    return at_end or words[0] in _AT_START or not _ANYWHERE.isdisjoint(words)


def said_furniture(text: str, linked: bool) -> bool:
    """Whether a line is only words of the site ("Haut de page", "A+ A- Imprimer PDF", "Ce site utilise des cookies")."""
    if len(text) > _LONGEST:
        return False
    if _WORDS.fullmatch(text):
        return linked or text.strip(" :").lower() not in _WORDS_OF_TEXT
    return text.startswith("©") or _SAYING.search(text) is not None


_WORDS_OF_TEXT = frozenset(("accueil", "pdf", "x", "facebook", "twitter", "linkedin", "crédits", "suivant", "fermer"))
"""Words that, without a link, may be the article's own."""


def announces_related(text: str) -> bool:
    """Whether a line announces links to other pages of the site ("À lire aussi", "Dans la même rubrique")."""
    return _RELATED.fullmatch(text.strip(" :…")) is not None

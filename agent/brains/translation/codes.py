"""Languages by ISO 639-1, as the models in folders call them."""

#: NLLB names a language and its script.
_NLLB = """
en:eng_Latn zh:zho_Hans de:deu_Latn fr:fra_Latn es:spa_Latn it:ita_Latn pt:por_Latn ar:arb_Arab ja:jpn_Jpan ru:rus_Cyrl
nl:nld_Latn pl:pol_Latn cs:ces_Latn sk:slk_Latn sl:slv_Latn tr:tur_Latn sv:swe_Latn da:dan_Latn no:nob_Latn nb:nob_Latn
nn:nno_Latn fi:fin_Latn is:isl_Latn hu:hun_Latn ro:ron_Latn bg:bul_Cyrl mk:mkd_Cyrl sr:srp_Cyrl hr:hrv_Latn bs:bos_Latn
sq:als_Latn el:ell_Grek he:heb_Hebr uk:ukr_Cyrl be:bel_Cyrl lt:lit_Latn lv:lvs_Latn et:est_Latn ga:gle_Latn cy:cym_Latn
mt:mlt_Latn ca:cat_Latn gl:glg_Latn eu:eus_Latn lb:ltz_Latn eo:epo_Latn vi:vie_Latn th:tha_Thai id:ind_Latn ms:zsm_Latn
tl:tgl_Latn jv:jav_Latn su:sun_Latn ko:kor_Hang km:khm_Khmr lo:lao_Laoo my:mya_Mymr hi:hin_Deva bn:ben_Beng ur:urd_Arab
pa:pan_Guru gu:guj_Gujr mr:mar_Deva ta:tam_Taml te:tel_Telu kn:kan_Knda ml:mal_Mlym ne:npi_Deva si:sin_Sinh fa:pes_Arab
ps:pbt_Arab ku:kmr_Latn az:azj_Latn kk:kaz_Cyrl ky:kir_Cyrl uz:uzn_Latn tg:tgk_Cyrl tk:tuk_Latn mn:khk_Cyrl tt:tat_Cyrl
ka:kat_Geor hy:hye_Armn sw:swh_Latn af:afr_Latn am:amh_Ethi so:som_Latn ha:hau_Latn yo:yor_Latn ig:ibo_Latn zu:zul_Latn
xh:xho_Latn
"""
NLLB = {pair[:2]: pair[3:] for pair in _NLLB.split()}

#: MarianMT folders may name a language by three letters.
_LETTERS = {name.split("_")[0]: code for code, name in NLLB.items()} | {"zho": "zh", "ara": "ar", "fas": "fa", "nor": "no", "srp": "sr"}


def short(code: str) -> str:
    """ "deu" and "zh_cn" as "de" and "zh"; as it is when nothing is known of it."""
    bare = code.replace("-", "_").split("_")[0].lower()
    return _LETTERS.get(bare, bare)


#: Written so alike that a detector may take one for the other in a short text.
_ALIKE = (
    frozenset({"hr", "sr", "bs", "sh", "sl"}),
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"cs", "sk"}),
)


def alike(left: str, right: str) -> bool:
    return left == right or any({left, right} <= group for group in _ALIKE)

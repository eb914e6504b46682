"""Names that are one name: of one saint or prophet, short forms, and spellings no rule explains.

Written down from what is common in Kenya, Uganda, Somalia, Ethiopia, Sudan and Libya; names only,
nobody's in particular. A line is a family. A spelling that belongs to two families decides nothing
and is left out of both. Spellings that sound alike need no line.
"""

from collections import Counter
from functools import lru_cache

from nyumbani.domain.naming.letters import latin, script_of
from nyumbani.domain.naming.sounds import skeletons

_FAMILIES = """
mohamed mohammed muhammad mohammad mahamed maxamed mahamadou mamadou muhammadu محمد መሐመድ
mahmoud mahmud mahamud maxamuud محمود
ahmed ahmad axmed ahmadou amadou أحمد احمد አህመድ አሕመድ
fatuma fatma fatima fatimah fatoumata faduma faadumo fatou fatu tuma فاطمة فاطمه ፋጡማ ፋጢማ ፋትማ
khadija khadijah hadija kadija kadidja xadiija xadija hadidja dija khadra خديجة خديجه ኸዲጃ ከዲጃ
zainab zeinab zaynab zenab zainabu seynab saynab zeynab zena زينب ዘይነብ
aisha aysha ayesha aicha aisa asha caasha caisha asya عائشة عايشة አይሻ አኢሻ
mariam maryam mariamu mary maria mariama maryan maryama miriam miryam mariya مريم ማርያም ማሪያም
amina aminah aamina amino amna أمينة امينة آمنة አሚና
amin ameen aamiin أمين
halima halimah xaliimo haliimo halimo halimatou حليمة ሃሊማ
hawa xaawo haawo hawo eva eve حواء ሄዋን
rahma rehema raxma rahmo raxmo رحمة ራህማ
safia safiya sofia sophia safiyo صفية
saida saidah saeeda saciido سعيدة
salma salama salmo سلمى
hassan hasan xasan assan حسن ሀሰን
hussein husein hussain xuseen husayn حسين ሁሴን
ali cali علي አሊ
omar umar umaru cumar omari عمر ኡመር
othman osman uthman usman cismaan ismaan عثمان ኡስማን
ibrahim ibraahim ebrahim brahim ibrahima abraham abrahim avraham إبراهيم ابراهيم አብርሃም ኢብራሂም
ismail ismael ismaaciil ishmael smail إسماعيل اسماعيل እስማኤል
yusuf yussuf yousif yousef yusufu yosef yoosuf joseph josef josphat youssouf يوسف ዮሴፍ ዩሱፍ
musa moses muse muuse moussa mussa mose موسى ሙሳ ሙሴ
issa isa eesa ciise عيسى ኢሳ
yaqub yakub yacob yaqoub james jacob jakob jim yakobo يعقوب ያዕቆብ
suleiman suleyman sulaiman solomon salomon saleban selemani سليمان ሰለሞን ሱሌማን
daud dawud dawit david daoud daudi داود ዳዊት
yunus yonas jonah yunis يونس ዮናስ
yahya yahia yohannes johannes john johana yohana johnny يحيى يوحنا ዮሐንስ ዮሃንስ
abdullah abdalla abdallah abdullahi abdulahi cabdullaahi abdoulaye abdulla عبدالله አብዱላሂ
abdi cabdi abdo abdu abdou عبدي አብዲ
abubakar abubakr abubaker aboubacar bakari abuubakar أبوبكر ابوبكر
khalid khaled halid kaalid خالد ካሊድ
mustafa mustapha mustafe moustapha مصطفى ሙስጠፋ
salim saleem salem selim saliim سالم سليم
said saeed sayid siciid saidi سعيد ሰይድ
elizabeth elisabeth eliza liz lizzy lizzie beth betty elsabet bety lisbeth إليزابيث ኤልሳቤጥ
catherine katherine catherina kate cate kathy katarina kathrine katerina كاثرين
margaret margareth maggie magret magi magy magreta مارغريت
josephine josphine josefina josie fina جوزفين
esther ester aster asther hester إستير አስቴር
sarah sara saara sarai سارة ሳራ
hannah hanna hana anna ann anne annah anita حنة ሃና ሐና
ruth ruthie ruthi روث ሩት
susan suzan susana susanna suzanne susy سوزان
jane janet jeniffer jennifer jenifer jenny جنيفر
peter petro petero petros pita pete بطرس بيتر ጴጥሮስ
paul paulo paulos pawlos بولس ጳውሎስ
simon simeon shimon semion سمعان ስምዖን
stephen steven stephano estifanos stefan steve ستيفن እስጢፋኖስ
george giorgis joji جورج ጊዮርጊስ
michael mikael mike mikhail mikayel ميخائيل ሚካኤል
gabriel gebriel gabrieli jibril jibriil جبريل ገብርኤል
samuel samweli sammy samwel صموئيل ሳሙኤል
daniel danieli danny دانيال ዳንኤል
emmanuel emanuel imanuel immanuel emanueli ايمانويل አማኑኤል
francis fransisco francisco frank فرنسيس
patrick patrik pat باتريك
charles charlie sharles carlos تشارلز
william wiliam willy liam وليام
robert roberto bob rob bobby روبرت
wanjiku ciku shiku shiko njiku ونجيكو
wanjiru ciru shiru shiro njiru ونجيرو
wambui wambu mbui وامبوي
wangari shari wanga ngari وانغاري
nyambura nyambu mbura نيامبورا
wairimu rimu shirimu وايريمو
wangui shingui ngui وانغوي
wacera wachera washera shera cera واشيرا
wangechi wangeci shishi ngechi وانغيتشي
njoki joki نجوكي
akinyi kinyi أكيني
auma أوما
tirunesh tiru ጥሩነሽ تيرونيش
bezawit beza ቤዛዊት
hiwot hiwet heywet ሕይወት ሂወት
tsehay tsehai sehay ፀሐይ ጸሐይ
birtukan bertukan burtukan ብርቱካን
gebre gebru gabre ገብሬ ገብረ
"""

_PARTICLES = """
bin ibn bint binti ben ould oulad wad walad al el ole arap wa na kwa abu abo abuu umm um mama baba
de da der van von le la mr mrs ms miss dr sheikh sheik shekh haji hajj hajji ustadh sister brother
madam بن ابن بنت ال أبو ابو أم ام ولد ወይዘሮ አቶ
"""
PARTICLES = frozenset(_PARTICLES.split())
"""What stands before or between names and belongs to very many."""

SERVANTS = frozenset(("abd", "abdul", "abdel", "abdal", "abdu", "عبد"))
"""Half a name: Abdul Rahman is one name in two words."""


@lru_cache(maxsize=65_536)
def family_of(word: str) -> str:
    """The name a spelling belongs to; empty where it is its own.

    By its letters, else by its sound, where that sound belongs to no second family.
    """
    written = latin(word)
    known = _SPELLED.get(written) if script_of(word) == "latin" else _FOREIGN.get(word)
    if known is not None:
        return known
    return next((_SOUNDED[one] for one in skeletons(word)[:1] if one in _SOUNDED), "")


def family_of_sound(skeleton: str) -> str:
    """The one family in which a name sounds like this; empty where there is none."""
    return _SOUNDED.get(skeleton, "")


def _lines() -> list[list[str]]:
    return [line.split() for line in _FAMILIES.strip().splitlines()]


def _spelled() -> dict[str, str]:
    rows = [
        (latin(word), line[0]) for line in _lines() for word in line if script_of(word) == "latin"
    ]
    often = Counter(word for word, _name in set(rows))
    return {word: name for word, name in rows if often[word] == 1}


def _foreign() -> dict[str, str]:
    return {word: line[0] for line in _lines() for word in line if script_of(word) != "latin"}


def _sounded() -> dict[str, str]:
    rows = {(skeletons(word)[0], line[0]) for line in _lines() for word in line if skeletons(word)}
    often = Counter(sound for sound, _name in rows)
    # Two consonants are too many names' to say that they are this one.
    return {sound: name for sound, name in rows if often[sound] == 1 and len(sound) > 2}


_SPELLED, _FOREIGN, _SOUNDED = _spelled(), _foreign(), _sounded()

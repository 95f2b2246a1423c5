"""Lists of words: fillers, words that are no names, words that tell a language."""

_FILLER_TEXT = """
'n a about above address addy ah al almost also am an and approx approximately are around as at be been below
between bien bill both but by can como con could creo de del depends die direccion do does each ek el en es
esta every favor for from fyi get give got gracias had haha has have hay here het hmm home house i id im in is
ish it it'll its ive just kinda la las like live living lo lol los mas maybe me menos mes mi month monthly
more mostly my na ne near nearly of oh ok okay on one only ons or our over per place please pls plus pm por
probably pues que quite really right roughly say says se see shows side smh so some sorry sort su take tenemos
tengo thanks that thats the their them then there they thing think this though thx to today too uh um un una
unas under unos up use used using usually van very was we well were what with y ya yeah yes you your
"""
FILLER = frozenset(_FILLER_TEXT.split())
"""Words that carry no value of their own: they may stand around an answer without changing it."""

_ASKERS_TEXT = """
what how why when where who which can could do does is are will would should que como cuanto
"""
ASKERS = frozenset(_ASKERS_TEXT.split())
"""Words that begin a question."""

_NOT_NAMES_TEXT = """
'n 's a about afraid again all alla almost already also am an and angry another anyone approximately aqui are
around asap asking asphalt at available ave back be because been best better between bien bill both broken
building buscando busy but buying called calling can casa cfe cold con confused correct could curious
currently de del did die different do does dollars done down duena dueno dueño duke each edison eienaar el
electric electricity en eskom false few fine first flat for from gas getting going gonna good great had half
happy has have he hello help her here hey hi his hola home homeowner hot house how huurder i in inquilina
inquilino instead interesada interesado interested is it just kinda kuku la landlord las later less like living
located looking los lost lot lots mad mal many married maybe me metal mi mine month monthly more moving much
muy my n named national nearly new nie no nobody none nosotros not nothing now nueva nuevo of off ok okay old
on once only ons or other our ours out over owner pagando pano para paying please pm por power prepaid pretty
probably property propietaria propietario quarter que rand rd ready really rentando renter renting retired
right road roof sad same saying second selling serious she shingle should si sick sin single skip slate so
solar someone sorry st start still stop street su sure tenant texting than thank thanks that thatch the then
there they thinking third this tile time tired to today tomorrow too true trying tu twice un una under up usd
using very viviendo wanna was water we were what when where which who why will with worried would writing
wrong xcel yeah year yep yes yo you your zesa zig necesito need puedo quiero quisiera want wish
"""
NOT_NAMES = frozenset(_NOT_NAMES_TEXT.split())
"""Words that follow "I am" or stand alone without being a name."""

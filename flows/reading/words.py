"""Words that carry no value of their own: what may stand around an answer without changing it."""

FILLER = frozenset(
    """a about ah also am an and approx approximately around are as at be been but by can could do does el en es esta
    for from fyi got had has have haha hmm i id im in is it its ive just kinda la las like lol lo los maybe me mi more
    mostly my of oh ok okay on only or our please pls plus pm probably quite really right roughly see shows smh so some
    say says sorry sort that thats the their them then there they thing think this though thx thanks to too um un una uh
    usually very was we well were what with y yeah yes you your que de del al por favor creo como mas menos mes month
    monthly per every each un unos unas con se su ya pues bien gracias tengo tenemos hay ish depends give take today
    between over under near nearly almost above below up bill house home place live living here addy address direccion
    it'll one both side used use using get ne na van die 'n ek het my en is ons by""".split()
)

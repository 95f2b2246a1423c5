"""The names of devices in English, Spanish, Afrikaans and Shona, brands among them."""

SINGULAR: dict[str, str] = {
    "air_conditioner": "air conditioner|airconditioner|air conditioning unit|airconditioning unit|ac|a/c|ac unit"
    "|a/c unit"
    "|aircon"
    "|air con|aircon unit|mini split|minisplit|split unit|window unit|split"
    "|window ac|window ac unit|split ac unit|split ac"
    "|central air|central ac"
    "|central a/c|air conditioning"
    "|airconditioning|aircondition|air condition|ac window unit|mini split ac|aire acondicionado|aire|aire "
    "central|clima"
    "|equipo de aire|consola de aire|consola inverter|lugversorger|lugreeling|lugreeler|airco|portable ac"
    "|ductless|wall unit",
    "battery": "battery|powerwall|power wall|tesla powerwall|enphase battery|home battery|backup battery|battery "
    "backup|solar battery"
    "|bateria|battery bank|lithium battery|gel battery|pylontech|batteryl|bateria de respaldo|acumulador"
    "|battry|batery|bhatiri"
    "|inverter battery|bateria solar|bateria tesla",
    "borehole_pump": "borehole pump|borehole|well pump|water well pump|submersible pump|bore hole|bore hole pump"
    "|boorgat"
    "|boorgatpomp"
    "|boorgat pomp|bomba de pozo|bomba del pozo|bomba sumergible|chibhorani|bhorehole|water pump|bomba de agua|bomba",
    "ev": "ev|electric car|electric vehicle|tesla|tesla model 3|tesla model y|tesla model s|tesla model x"
    "|model 3|model y|nissan leaf"
    "|leaf|chevy bolt|bolt|bolt euv|ioniq|ioniq 5|ioniq 6|mach e|mustang mach e|rivian|r1t|r1s|lucid|f 150 "
    "lightning|f150 lightning"
    "|lightning|polestar|byd|id 4|id4|kona electric|kia ev6|ev6|ev9|chevy volt|phev|plug in hybrid|hybrid "
    "plug in|cybertruck"
    "|prius prime|carro electrico|coche electrico|auto electrico|vehiculo electrico|elektriese motor"
    "|elektriese kar|bmw i3|bmw ix"
    "|electric truck|electric suv|e car|kia niro|niro ev|rav4 prime|e tron|taycan|electric bakkie|zoe"
    "|hibrido enchufable",
    "ev_charger": "ev charger|car charger|electric car charger|tesla charger|wall connector|tesla wall connector"
    "|level 2 charger"
    "|level 2|level two charger|l2 charger|chargepoint|charging station|wallbox|wall box|juicebox|home charger|charger"
    "|electric vehicle charger|vehicle charger|charger for the car|charger for my car|cargador|cargador de "
    "carro|cargador de coche"
    "|cargador electrico|cargador de auto|cargador para el carro|cargador para el coche|cargador para carro"
    "|cargador para coche"
    "|cargador para auto|cargador para el auto|cargador del coche|cargador del carro|cargador de vehiculo electrico"
    "|cargador de coche electrico|cargador de carro electrico|cargador para carro electrico|cargador ev"
    "|punto de recarga"
    "|motorlaaier|laaier|ev charging|cargador tesla|nema 14 50|charger for an ev|charger for the ev|charger for my ev",
    "freezer": "freezer|deep freezer|deep freeze|deepfreeze|chest freezer|deepfreezer|congelador|vrieskas|vrieser"
    "|friza|arcon"
    "|standing freezer|upright freezer|arcon congelador|isitshisa",
    "gate_motor": "gate motor|electric gate|gate|automatic gate|gate opener|hekmotor|hek motor|motor de porton|porton "
    "electrico"
    "|sliding gate|driveway gate|sliding gate motor|centurion gate|electric gate motor|motor del porton",
    "generator": "generator|genset|gen set|genny|gennie|generac|backup generator|standby generator|diesel generator"
    "|petrol generator"
    "|generador|planta electrica|planta de luz|planta de emergencia|kragopwekker|jenareta|honda generator"
    "|whole house generator"
    "|gas generator|propane generator|generator set|generador electrico",
    "heat_pump": "heat pump|heatpump|air source heat pump|ground source heat pump|geothermal|geothermal heat pump"
    "|bomba de calor"
    "|aerotermia|hittepomp|heat pump hvac|geotermia|bomba de aerotermia",
    "heat_pump_water_heater": "heat pump water heater|heatpump water heater|hybrid water heater|hpwh"
    "|heat pump hot water heater"
    "|hybrid hot water heater|heat pump geyser|heatpump geyser|rheem hybrid|hittepomp geyser|bomba de calor para agua"
    "|calentador de agua con bomba de calor|calentador con bomba de calor|hybrid heat pump water heater",
    "inverter": "inverter|sunsynk|deye|growatt|victron|inversor|omvormer|must inverter|hybrid inverter|kodak "
    "inverter|luxpower"
    "|inveta|solar inverter|off grid inverter|micro inverter|microinverter",
    "kettle": "kettle|electric kettle|ketel|hervidor|hervidor de agua|pava electrica|ketero|tetera electrica",
    "light": "light|led light|light bulb|bulb|led|globe|foco|bombilla|bombillo|lampara|luz led|lig|gloeilamp"
    "|gloeilampie|security light"
    "|downlight|girobhu|led bulb|flood light|floodlight|outdoor light|spotlight",
    "pool_pump": "pool pump|pool|swimming pool|swimming pool pump|pool filter|piscina|alberca|bomba de piscina|bomba "
    "de la piscina"
    "|bomba de alberca|bomba de la alberca|bomba para piscina|bomba para alberca|bomba de pileta|swembad"
    "|swembadpomp|swembad pomp"
    "|pool motor|depuradora|depuradora de piscina|pump for the pool|pump for pool|bomba para la alberca"
    "|bomba para la piscina"
    "|variable speed pool pump|pileta",
    "refrigerator": "refrigerator|fridge|frige|fridge freezer|refridgerator|refrigerador|refri|nevera|frigorifico"
    "|heladera|yskas|firiji"
    "|ifriji|bar fridge|mini fridge|fridge/freezer|frigo|double door fridge|refrigeradora|frig|ysskas|isiqandisi"
    "|friji|nefriji|nefiriji|nefridge",
    "smart_thermostat": "smart thermostat|thermostat|nest|nest thermostat|ecobee|google nest|honeywell thermostat"
    "|programmable thermostat"
    "|wifi thermostat|termostato|termostato inteligente|termostat|thermastat|thermostadt|ecobee thermostat"
    "|thermostaat|termostaat"
    "|sensi thermostat|amazon thermostat|learning thermostat|honeywell",
    "solar_panel": "solar panel|pv panel|panel solar|placa solar|sonpaneel|sonkragpaneel|solar pannel|placa "
    "fotovoltaica"
    "|panel fotovoltaico|panel",
    "stove": "stove|electric stove|oven|cooker|hob|induction stove|induction cooktop|cooktop|induction hob|4 "
    "plate stove|four plate stove"
    "|2 plate stove|two plate stove|hot plate|hotplate|estufa|estufa electrica|cocina electrica|horno|horno "
    "electrico|vitro"
    "|vitroceramica|placa de induccion|cocina de induccion|parrilla electrica|stofie|stoof|chitofu|electric "
    "range|gas stove"
    "|two plate|isitofu|electric oven|electric cooker|oond|induction|double oven|stove oven|gas cooker",
    "tv": "tv|television|tele|televisor|television set|smart tv|led tv|flat screen|televisie|terevhizheni"
    "|plasma|flatscreen|tv set"
    "|pantalla|flat screen tv|umabonakude",
    "water_heater": "water heater|hot water heater|electric water heater|geyser|electric geyser|solar geyser|gas geyser"
    "|hot water geyser"
    "|tankless|tankless water heater|hot water tank|hot water cylinder|hot water|boiler|calentador"
    "|calentador de agua|termo"
    "|termo electrico|calentador electrico|calentador solar|geiser|warmwaterverwarmer|giza|negiza|gyser|geaser|gas "
    "water heater|waterheater"
    "|on demand water heater|boiler electrico|solar water heater|giyza|boiler de agua|immersion heater"
    "|guyser|warmwatersilinder",
    "wifi_router": "wifi router|wifi|wi fi|router|modem|internet router|wifi modem|fibre router|internet",
}

PLURALS: dict[str, str] = {
    "batteries": "battery",
    "baterias": "battery",
    "batterye": "battery",
    "luces": "light",
    "ligte": "light",
    "lights": "light",
    "lighting": "light",
    "led lights": "light",
    "bombillas": "light",
    "lamparas": "light",
    "refrigeradores": "refrigerator",
    "congeladores": "freezer",
    "generadores": "generator",
    "paneles solares": "solar_panel",
    "paneles": "solar_panel",
    "placas solares": "solar_panel",
    "sonpanele": "solar_panel",
    "calentadores": "water_heater",
    "televisores": "tv",
    "carros electricos": "ev",
    "coches electricos": "ev",
    "autos electricos": "ev",
    "cargadores": "ev_charger",
    "aires acondicionados": "air_conditioner",
    "aires": "air_conditioner",
    "placas fotovoltaicas": "solar_panel",
    "bombas de calor": "heat_pump",
    "inversores": "inverter",
    "frigorificos": "refrigerator",
    "lugversorgers": "air_conditioner",
    "vrieskaste": "freezer",
    "yskaste": "refrigerator",
    "bombas de piscina": "pool_pump",
    "climas": "air_conditioner",
    "electric gates": "gate_motor",
    "fridges": "refrigerator",
    "mafriji": "refrigerator",
    "mafiriji": "refrigerator",
    "mafridge": "refrigerator",
    "nemafriji": "refrigerator",
    "nemafiriji": "refrigerator",
    "magiza": "water_heater",
    "nemagiza": "water_heater",
    "mabhatiri": "battery",
    "nemabhatiri": "battery",
    "marambi": "light",
    "magirobhu": "light",
    "pv": "solar_panel",
    "smart tvs": "tv",
    "teles": "tv",
    "vehiculos electricos": "ev",
    "termos": "water_heater",
    "solar pannels": "solar_panel",
    "paneles fotovoltaicos": "solar_panel",
    "hot water geysers": "water_heater",
    "bolts": "ev",
    "heat pumps": "heat_pump",
    "ma tv": "tv",
    "matv": "tv",
    "acs": "air_conditioner",
    "a/cs": "air_conditioner",
    "ac's": "air_conditioner",
    "tv's": "tv",
    "ev's": "ev",
}

IGNORED: tuple[str, ...] = (
    "split level",
    "split system",
    "split entry",
    "pool heater",
    "pool table",
    "pool cover",
    "car pool",
    "heat pump dryer",
    "phone charger",
    "laptop charger",
    "breaker panel",
    "electrical panel",
    "electric panel",
    "main panel",
    "panel upgrade",
    "fuse panel",
    "light bill",
    "lights bill",
    "water and lights",
    "lights and water",
    "solar light bill",
    "gate code",
    "gated",
    "tesla solar",
    "tesla roof",
    "tesla solar roof",
    "tesla stock",
    "estate gate",
    "gate number",
    "light green",
    "light grey",
    "light gray",
    "light blue",
    "car battery",
    "battery storage system",
    "panel sandwich",
    "r panel",
    "internet bill",
    "cocina",
    "pool house",
    "pool side",
    "smoke detector",
    "traffic light",
    "street light",
    "el clima",
    "aire libre",
)

WEAK = frozenset(
    [
        "split",
        "splits",
        "aire",
        "aires",
        "arcon",
        "boiler",
        "bolt",
        "bolts",
        "bomba",
        "charger",
        "chargers",
        "clima",
        "climas",
        "foco",
        "focos",
        "gate",
        "gates",
        "globe",
        "hob",
        "honeywell",
        "horno",
        "induction",
        "internet",
        "laaier",
        "leaf",
        "led",
        "lig",
        "light",
        "lighting",
        "lightning",
        "lights",
        "luces",
        "nest",
        "panel",
        "paneles",
        "panels",
        "pantalla",
        "plasma",
        "pool",
        "pv",
        "tele",
        "termo",
        "termos",
        "termostat",
        "vitro",
        "zoe",
    ]
)
"""Words that name a device only when devices are talked about."""

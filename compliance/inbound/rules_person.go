package inbound

// identityTheft is fraud or a stolen identity (IN-IDT-01; FCRA 615(g), 623(a)(6)).
var identityTheft = family{label: IdentityTheft, rule: "IN-IDT-01", fire: `
identity|idenity|identidad ~2 theft|stolen|thief|stole|thieves|fraud|robada|robo|compromised
took ~4 identity|my_social|my_ssn|my_wallet|my_purse|my_identity
stole|stolen|steal|steals|hijack*|robbed|robbing ~4 identity|my_info*|my_information|my_social|my_ssn|my_name|my_wallet|my_card|my_credit|my_purse|my_details|identidad
victim ~3 fraud|identity|theft|scam|scammed|stolen
fraud|fraudulent|fraudulently|fraude|fradulent|frauded
got|took|put|made ~5 loan|card|account|credit|bill|phone|this|it ~2 in|under ~1 my ~1 name
opened|used|applied|signed|forged|ran_up|maxed|charged|borrowed|gotten|taken ~5 in|under|with|using|on ~1 my ~1 name|identity|social|ssn|info|information|credit|details
used|using|uses|use|has|have|got ~3 my ~1 social|ssn|identity|info|information|name|details|personal ~4 open*|get|account|card|loan|credit|without|this|buy|to|for|fraud*
someone|somebody|my_ex|roommate|cousin|brother|sister|mother|mom|dad|father|stepdad|stepmom|uncle|aunt|son|daughter|thief|scammer|hacker|crook|they|boyfriend|girlfriend|he|she|relative ~3 opened|used|stole|forged|impersonat*|hacked|cloned|pretend*|applied|signed_for|took_out ~6 my|me|name|account|card|this|loan|it
someone|somebody_else|somebody|another_person|a_stranger|not_me_who|wasnt_me_who|person ~3 opened|used|applied|took_out|made_this|signed_up|did_this|charged|ran_up|racked|bought
account ~1 takeover
in|was ~3 jail|prison|kid|overseas|coma|minor|hospital|army ~5 when ~4 opened|used|charged
opened ~4 when ~2 i ~1 was ~3 kid|child|minor|jail|prison|#1-17|overseas
hacked|phished|skimmed|cloned|data_breach|breach|breached|impersonat*|forged|forgery|scammed
somebody|someone ~1 else|is|has|been|was|must_have ~3 using|opened|used|pretending|made|did
police_report|ftc_report|affidavit|fraud_alert|theft_report|identitytheft_gov|fraud_department|police_case ~8
filed|have|got|made|file ~3 police|ftc ~1 report|affidavit|complaint_for_fraud|case
didnt|never|not|wasnt|nor ~2 me|i|open|opened|make|made|authorize|apply|sign|my_signature ~5 account|charge|charges|card|loan|purchase|purchases|who_opened|signature|application|that_opened|who_did|who_bought|who_made|who_applied
wasnt|isnt|not ~1 me ~1 who|that
wasnt|isnt|not my signature
unauthori* ~1 account|purchases|purchase|use|card|loan
stolen ~2 card|wallet|purse|identity|info*|mail|checks|checkbook|ssn|social|phone|cards
card|wallet|purse|checks|social|ssn|mail ~2 was|were|got|been ~2 stolen|hacked|skimmed|compromised|cloned
without ~2 my|me ~2 knowledge|knowing|permission|consent ~4 open*|account|card|name|loan|credit|signed|used
opened|open|card|account|loan|credit ~5 without ~2 knowledge|knowing|permission|consent|me
robaron|robo|roban|robada|robado|robaban ~4 identidad|cartera|datos|tarjeta|informacion|seguro|social|nombre|bolsa
usaron|uso|abrieron|abrio|sacaron|saco|utilizaron|utilizo|falsific*|hicieron ~6 mi|a_mi ~1 nombre|seguro|identidad|datos|social|informacion|firma|numero
alguien|otra_persona|mi_ex|un_ladron ~3 uso|abrio|saco|hizo|robo|utilizo|firmo|compro
suplant*|hackearon|hackeo|clonaron|estafaron|me_estafaron|hackeada|clonada|falsificaron
reporte|denuncia ~3 policia|robo|fraude|policial|identidad
thief|thieves|ladron|crook|impostor|imposter
name|social|ssn|identity|info* ~2 was|were|been|got ~2 used|stolen|misused|leaked|compromised|sold
dark_web|fake_account|phony_account|fake_name|catfish*|clonada
someone|somebody ~2 pretending|posing|claiming ~2 to_be_me|as_me|be_me|me
`, unless: `
you|yall|u ~2 have|got|use|used ~1 my
sign ~1 in|into|up ~6
didnt|never|not ~2 make|create|made ~2 account ~3 yet|site|online|app|portal|website
highway|daylight robbery
a|total|such|absolute|real|what ~2 steal|robbery
feel|felt ~1 robbed
identity verified|verification|check|confirmed|number
used|use|uso ~2 my_own|own
my own social|ssn|card|info|name
verify|confirm|prove ~3 identity
no|not|isnt|never ~2 fraud|scam|fraude|a_scam
is|are|sounds|seems|looks|how|think|could ~5 fraud|scam|fraude|fraudulent|scammer <q>
fraud ~1 alert|department|protection ~2 bank|blocked|declined|flagged|text
bank|card ~4 fraud|flagged|hold
you|yall|u ~2 are|r|a|frauds|fraud|scammers|thieves|crooks ~2
stole|stolen|steal ~3 my_heart|show|my_lunch|base|thunder|my_bike
my_phone|my_car|phone|car|bike|laptop ~3 stolen|stole|robbed
lifehack|hack|hacks|life_hack
used ~3 my ~1 name|info ~2 and_zip
que_robo|es_un_robo|un_robo
`}

// coerced is debt signed under abuse or pressure (IN-COERCED-01; Cal. Civ. 1798.97.1).
var coerced = family{label: CoercedDebt, rule: "IN-COERCED-01", fire: `
made|forced|forcing|forces|coerced|pressured|threatened|bullied|tricked|manipulated|beat|blackmailed|compelled|intimidated ~2 me|him|her|us|my_mom|my_mother|my_grandmother|my_daughter|my_sister ~3 to|into|sign|open|take|get|put|apply|until|co_sign|cosign|if_i_didnt|and|borrow
he|she|they|ex|husband|wife|boyfriend|girlfriend|partner|abuser|trafficker|pimp|boss|stepdad|father|mother|dad|mom|son ~2 made|forced|coerced|pressured|threatened|bullied|tricked|manipulated ~2 me|her|him
abuser|abusive ~8 debt|account|card|name|credit|loan|sign*|open*|made|ran|took|this|controlled|put|money
forced|coerced|pressured|threatened|duress|against_my_will|under_duress|under_threat ~6 sign*|open*|account|card|loan|debt|credit|this|take|it
was|were|am|been|got ~1 forced|coerced|pressured|threatened|blackmailed|intimidated
no|not|didnt_have_a|without|any ~1 choice|say ~6 sign*|open*|hit|abus*|beat|threat*|he|she|hurt
sign* ~5 or ~1 he|she|they|hed|shed|else|get|be ~4 hurt|beat|hit|kill|beaten|hurting|leave
domestic ~1 violence|abuse ~6
financial|economic abuse
coerced|coercion|duress|trafficked|trafficking
controlled|controls|controlling ~3 money|finances|bank|everything|accounts|cards|me
ran_up|ran|racked|maxed|opened ~4 my|cards|card|account|debt ~6 abus*|controlling|beat|hit_me|hurt|violent|restraining
knife|gun|gunpoint|knifepoint ~6 sign*
scared|afraid|terrified ~2 of|to ~5 sign*|refuse|say_no|him|her
me|nos|la|lo ~1 obligo|forzo|obligaron|forzaron|amenazo|amenazaron|hizo_firmar|obligaba|presiono|presionaron|manipulo|hizo_sacar|hizo_abrir|golpeaba|pegaba|maltrataba|chantajeo
obligad*|forzad*|amenazad*|bajo_amenaza*|coaccion*|a_la_fuerza ~4 firm*|abr*|sac*|tarjeta|cuenta|prestamo|a|por
violencia domestica|intrafamiliar
abuso economico|financiero|domestico
golpeador|abusador|maltratador
deuda ~3 coaccion*|forzada|bajo_presion
`, unless: `
kids|wife|husband|daughter|son|dog|work|boss|mom ~1 made ~1 me ~1 get|take|put ~3
nadie|no ~1 me obligo|forzo|amenazo|obligaron|forzaron|presiono
you|u|yall|your|collector ~2 forced|forcing|coerced|pressured|threatened|harassing|making|made
forced|force|made ~2 me|to ~3 update|log|restart|laugh|smile|late|wait|resign|retire|quit|work|reset|download|think|happy|move|cry|overtime
made me ~2 offer|deal|laugh|smile|late|happy|think|sick|mad|proud
no_choice|no ~1 choice ~3 lol
not|nobody|wasnt|didnt ~2 forced|forcing|force|made
my_mom|mom|wife|husband|boss|dad ~1 made me ~3 dinner|lunch|breakfast|call|pay|get_a_job|text|promise|work|laugh
`}

// bankruptcy is filed, included, discharged or about to be filed (IN-BK-01; 11 USC 362, 524).
var bankruptcy = family{label: Bankruptcy, rule: "IN-BK-01", fire: `
filed|filing|file|declared|declaring|filled|claimed|went|going|gone|finished|completed|did|in|under|through|included|discharged|wiped|protected|pending|open|active|starting|doing|got|had|have|out_of|my|our|her|his|the|a|ch7|since|petition|over|by|from ~3 bankruptcy|bankrupcy|bk|bankrupt|chapter_7|chapter_13|chapter_11|chapter_seven|chapter_thirteen|ch_7|ch_13|ch7|ch13|ch_11|bancarrota|bankruptcies|bancarota
bankruptcy|bk|ch7|ch13|ch_7|ch_13|chapter_7|chapter_13|chapter_seven|chapter_thirteen|bankrupcy|bankrupty ~3 filed|case|attorney|lawyer|discharge|discharged|trustee|court|plan|included|stay|judge|estate|petition|papers|filing|number|last|in|already|protection|says|wiped|took|covered|cleared|is|on|pending|was|paperwork
^^ bankruptcy|bankrupt|bk|bancarrota ~1 $$
ch7|ch13
chapter|ch ~1 #7-7|seven|vii ~1 !of|in_the_book
chapter|ch ~1 #13-13|thirteen|xiii
chapter|ch ~1 #11-12|eleven|twelve
im|we|i|she|he|were|are|am ~2 bankrupt
^ bankrupt|bankruptcy|bk ~1 since|filed|case|already|last|in|now|$
trustee
automatic stay
stay ~2 effect|in_place|violation|order|violating
discharge|discharged ~2 order|injunction|debt|in_#|by_the_court|by_court|papers|letter|violation|by_judge|through_court|this|notice|date|last|years_ago|already|debts|account|it
this|that|debt|account|it|debts|bill|you|everything|loan|which ~3 discharged|wiped_out|wiped|discharge|erased_by|eliminated_by
court|judge ~4 wiped|discharged|erased|eliminated|forgave|cleared|dismissed ~4
341|three_forty_one ~2 meeting|hearing
meeting ~1 of creditors
pacer|nacba|means_test|schedule_f|adversary_proceeding|creditors_meeting|proof_of_claim|creditor_matrix|bankruptcycourt
included ~3 bankruptcy|bk|filing|petition|chapter*|my_case|discharge
listed ~3 creditor|bankruptcy|bk|petition|schedules|filing
about|planning|going|ready|plan|meeting|signing|appointment ~3 file ~1 for? ~1 bankruptcy|bk|chapter*|ch7|ch13|ch|bancarrota
file|filing|filed|declare|declaring ~2 bankruptcy|bk|chapter|bancarrota|bankrupcy|ch
bankruptcy ~6 stop|cant|illegal|violat*
declare*|declaro|declare|estoy|estamos|presente|meti|metimos|protegid*|solicite|en|entre|acogi|mi|hice|meter|pedi|caso|abogado|declarar* ~4 bancarrota|quiebra|capitulo_7|capitulo_13|capitulo_siete|capitulo_trece|bancarota
bancarrota|quiebra ~4 incluid*|corte|abogado|caso|descarg*|aprob*|present*|declar*|ya|el_ano|desde
capitulo #7-7|#13-13|siete|trece|#11-11
descarg*|eliminada|incluida ~3 bancarrota|corte|juez|quiebra
insolven*
`, unless: `
bankrupt|bankruptcy|bk|bancarrota ~6 even|cover|option|help|better|work <q>
should|would|could|can|does|do|will|is|what|how|if|deberia|debo|puedo ~8 bankruptcy|bankrupt|bk|chapter*|bancarrota <q>
going_to|gonna|will|would|could|this|will_soon|might|trying_to|almost|nearly|about_to ~3 bankrupt ~1 me|us|someone|lol
bankrupt me|us|you
morally|emotionally|intellectually bankrupt
bankrupt ~1 company|store|business
chapter|ch ~2 #|seven|thirteen|eleven ~2 of|in|book|novel|series|class|textbook|homework|reading|exam|test|season
on|read|reading|finish*|study* ~2 chapter|ch
discharged ~2 from ~2 hospital|rehab|er|facility|army|navy|military|service|duty|clinic|psych|ward|marines
hospital ~4 discharge*
honorabl* ~1 discharge*
discharge|discharged ~3 hospital|rehab|army|nurse|papers_from|battery
dont|not|never|havent|didnt|avoid|avoiding|no|without|instead_of|prevent|rather_than|no_quiero|evitar ~4 bankruptcy|bankrupt|bk|bancarrota|file|filing
not|never ~3 trustee
thinking|considering|considered|thought|maybe ~2 about ~1 bankruptcy|bk
new|next|another chapter
store|company|they|walmart|sears|creditor|you ~2 went|filed|going|is ~2 bankrupt|bankruptcy|under
casi ~3 quiebr*
trustee ~2 school|church|board
`}

// deceased is a reported death (IN-DEC-01; 12 CFR 1006.6(a)(4)).
var deceased = family{label: Deceased, rule: "IN-DEC-01", fire: `
he|she|they|man|woman|lady|guy ~2 been dead
dead since|for #|years|months|a_while|two|three|over
been dead for|since|many|a
passed|passed_away|pass_away|passes ~2 away|on|last|in|yesterday|this|#|from|years|months|recently|two|a_while|over_a|earlier|back|suddenly|unexpectedly|weeks|before
passed_away|deceased|decedent|died|dead_now|is_dead|was_dead
he|she|my|mom|dad|mother|father|husband|wife|brother|sister|son|daughter|they|him|her|angela|person|who|man|woman|lady|owner|guy|whoever ~2 passed|died|is_dead|is_gone|gone|passed_away|deceased|died_in|dead|buried|perished|expired
is|are|hes|shes|theyre|was|been|hes_been|shes_been ~2 dead|deceased
lost ~1 my|our|him|her|his ~2 @relative|him|her|mom|dad|mum|parents|grandma ~1 !phone|job
we|i|family|just lost ~1 him|her|mom|dad|mum|mama|grandma|grandpa|grandmother|grandfather
dead|deceased ~1 mans|man|womans|woman|person|persons|people|guy|ladys|father|mother|husband|wife|account_holder|dad|mom|brother
texting|calling|messaging|bothering|contacting|harassing|collecting|writing ~3 dead|deceased|corpse|grave|ghost
rip
rest|rests|resting ~1 in peace
no_longer|not|isnt ~1 with_us|living|alive|among_us|on_this_earth|here_on_earth|of_this_world
hes|shes|is|are|was ~1 in ~1 heaven|the_ground|the_grave|a_grave|the_cemetery
with ~1 the lord|jesus|god|angels|heaven
buried|burying|cremated|cremat*|burial|laid_to_rest
death ~1 certificate|cert|notice|of|certificates|record
ashes|burying|mortuary|eulogy|gravesite|headstone|tombstone|pallbearer
grandpa|grandma|dad|mom|mother|father|husband|wife|brother|sister|son|daughter|uncle|aunt|papa|mama|grandmother|grandfather passed !out|by|the|on_the|it|me|my|up|his|her_test
@relative|he|she ~2 been ~1 dead|gone ~1 #|two|years|since|for|a
been ~1 dead ~3 years|year|months|since|weeks|days
left ~1 us|this_world|this_earth ~1 in|last|on|two|years|when|after|too
obituary|obit|autopsy|coroner|widow|widower|widowed|estate|probate|executor|executrix|decedent*|next_of_kin|surviving_spouse|personal_representative|administrator_of
funeral ~2 was|last|is|yesterday|for_him|for_her|home_has|for_my|next
late ~1 husband|wife|father|mother|mom|dad|brother|sister|son|uncle|aunt|grandmother|grandfather|grandma|grandpa|fiance|partner
suicide|overdose*|accident|stroke|cancer|covid|heart_attack ~2 took|killed|claimed ~1 him|her|my
killed ~1 in|by ~5 accident|crash|wreck|car|shooting|drunk_driver|combat
was|got|were killed
she|he|they didnt ~1 make_it|survive
succumbed|fatal|fatally|perished|mourning|grieving|departed|condolences|hospice_last|memorial_service|dod
lost|losing ~2 battle ~2 cancer|illness
lost ~1 ~2 to ~2 cancer|covid|overdose|accident
cant|wont ~2 because|since|cuz ~2 dead|died|deceased
murio|fallecio|falleci*|difunt*|finad*|muerto|muerta|muertos|fallecid*|occiso|descanse_en_paz|qepd|q_e_p_d|en_paz_descanse|murieron|enterramos|viuda|viudo|sepelio|albacea|velorio|sucesion|acta_de_defuncion|certificado_de_defuncion|defuncion
ya no ~1 esta ~1 con_nosotros|vivo|viva|entre_nosotros|en_este_mundo
ya|se partio|se_nos_fue|nos_dejo|esta_con_dios|en_el_cielo|con_el_senor
perdimos|perdi ~2 mi|a_mi|a_nuestro|nuestra ~2 @es_relative
`, unless: `
esta|que|muy|bien|super padre !murio|fallecio|muerto
washer|dryer|fridge|refrigerator|mower|ac|heater|furnace|van|printer|tv|xbox|console|watch|airpods|headphones|plant|plants|garden|tree|hamster|vacuum|tire|transmission|alternator|starter|microwave|oven|stove|dishwasher|ipad|pc|hotspot|cel|celular|telefono|pila|bateria|carro|lavadora|compu|internet|perro|gato|link|place|business|store|legs|feet|brain ~4 died|dead|murio|muerto|muerta|dying
paycheck|check|money|cash|week|weekend|day|summer|tooth|snow|power ~3 gone|dead
passed ~2 boards|finals|bar|grade|math|driving|physical|certification|ged|everything
estoy|ando|quede|vengo|toy ~1 muert*
dia ~2 muertos
i|we got killed
buried ~1 in|under|at ~2 work|snow|paperwork|bills|homework|emails|laundry|orders
running|im|too|be|so|sorry|little|bit|was late
app|website|site|link|page|phone|phones|battery|cell|car|cars|laptop|charger|internet|computer|router|signal|tablet|engine|dog|cat|connection|power|wifi|line|my_signal|screen|pet|fish|link|truck|conversation|chat|deal|offer ~4 died|dead|passed|murio|muerto|muerta|dies|dying|is_dead|was_dead|went_dead
almost|nearly|could_have|about|casi ~2 died|passed|passed_out|muero|me_muero
passed ~2 out|by|through|up|over|test|exam|inspection|my|class|course|drug|background|it_on|along|the|me|your|on_the|on_your|on_this|that_info|on_it
over|my ~1 dead_body
dead|muert* ~1 body|broke|serious|tired|set|wrong|end|ass|line|phone|zone|weight|beat|on_my_feet|silence|heat|lift|inside|lol|de|cansad*
drop_dead|dead_to_me|dead_end|dead_serious|dead_broke|dead_tired|dead_line|dead_on|half_dead|dead_battery|play_dead|left_for_dead
muert* ~1 de ~1 risa|cansancio|hambre|sueno|frio|calor|miedo|sed|aburrimiento|la_risa|pena|verguenza
medio|punto|tiempo muerto
died|dead|dying ~1 laughing|of_laughter|lol|haha|of_boredom|inside|from_laughing|of_embarrassment
im|i|am|i_was ~2 dead|died|deceased|muerta|muerto|dying ~2 lol|haha|tired|laughing|😂|of|when|at|from|inside|💀
real estate
estate agent|tax|sale|plan
until|till|when|before|after|if|unless|wish|hope ~3 dead|die|died|dies
rip ~1 off|my_wallet|me_off|to_my|my_bank|lol|you
dead set|serious|center
to die for
rip my|to_my wallet|bank|paycheck|savings|budget
the_deal|deal|offer|law|bill|date|deadline|time|due_date|day|storm|fever ~3 passed|is_dead|dead|expired
insurance|plan|policy ~2 passed|died|expired
expired ~1 card|link|offer|license|policy
card|link|offer|license ~3 expired
late ~1 fee|payment|reply|night|to
drop|turned|going|went dead
lost ~1 my|the ~1 login|password|link|letter|card|phone|number|keys|job|wallet|bet|paperwork|mail|connection|signal
not ~1 dead ~1 yet|$
im|i|still|am ~1 not_dead|not_dead_yet|alive
your ~2 late husband
not ~1 gone
gone ~1 to|on|for|out|up|down|shopping|fishing|home|missing|from_the_house
hes|shes|he_is|she_is|is|is_now gone ~1 to|on|for|out|till|until|right_now|today|at_work
going_to|will|gonna ~2 funeral
`}

// minor is a child writing (IN-MINOR-01).
var minor = family{label: Minor, rule: "IN-MINOR-01", fire: `
^^ tengo #9-17 $$
only|just|barely|literally #5-17 ~1 years|year|yrs|yr|yo|here|bro|lol|sir|tho|dude|man
im|am|turning|hes|shes|i_turned|just_turned|age|im_literally|im_like ~2 #5-17 !%|payments|months|days|weeks|miles|minutes|dollars|hours|late|behind|away|bucks|left|short|percent|years_in|weeks_pregnant|st|am|pm|days_late|grand|cents|more|th|hundred|minutes_away|mins|on
#5-17 ~1 years|year|yrs|yr|yo|y_o ~1 old|yo|of_age|$
#5-17 yo|yr|yrs
#5-17 y $$
im|i|me|is|shes|hes|my|kid|son|daughter|girl|boy|texting|to|a|this|child ~2 #5-17 year|years|yr|yrs|yo old|girl|boy|kid|child|$
a|an|to #5-17 ~1 yo|year_old|years_old|yr_old|yearold
5yo|6yo|7yo|8yo|9yo|10yo|11yo|12yo|13yo|14yo|15yo|16yo|17yo|10yr|11yr|12yr|13yr|14yr|15yr|16yr|17yr
not ~1 even|yet|quite|18 ~1 18|eighteen|of_age|an_adult ~1
not|aint|isnt|under|below|younger_than|wont_be|till_im|until_im|before_im|till_i_turn|until_i_turn|havent_turned ~3 #18-18
turn|turning|be ~1 #18-18 ~2 in|next|until|this|on|june|may|july|soon|august
im|am|is|i_was|are|just|only|still ~3 minor|underage|under_age|child|kid|teenager|teen|student_in_high|kiddo|preteen|freshman|sophomore ~1 !at_heart
minor|underage|underaged|juvenile
menor_de_edad|soy_menor|soy_un_nino|soy_una_nina|soy_nino|soy_nina|menor_edad
texting|calling|messaging|bothering|contacting|harassing ~2 child|kid|kids|teenager|minor|little_kid|student|teen|childs|kids_phone|my_child|my_kid|a_kid|little_girl|little_boy
childs|kids|sons|daughters|my_sons|my_daughters|little_brothers|little_sisters ~1 phone|cell|number|ipad|tablet
#1-12|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|6th|7th|8th|9th|10th|11th|12th|5th|4th|3rd ~1 grade|grader
middle_school|middle_schooler|elementary|junior_high|high_school|highschool|high_schooler|homeroom|grade_school|jr_high
homework|recess|math_class|my_teacher|spelling_test|roblox|fortnite|minecraft|school_bus|math_test|science_project
my ~1 mom|mommy|mum|dad|daddy|parents|mama|grandma ~3 said_i_cant|says_i_cant|said_not_to|said_dont|will_be_mad|wont_let|doesnt_let|pays_for_my|phone_and_im|got_me_this_phone|gave_me_this_phone|let_me_use|isnt_home|is_not_home|not_home|arent_home|arent_here|phone_im_#
mommy|daddy
im|am ~2 in ~2 grade|school|class|middle_school|math|kindergarten
too|very|really|so ~1 young ~3 debt|card|loan|credit|account|to_have|for
im|i_am ~1 just ~2 kid|child|teenager
tengo|cumpli|cumplo|solo_tengo|apenas_tengo ~1 #5-17 ~1 anos|anitos|ano|$
tengo #5-17 anos
mi|soy ~2 menor|nino|nina|estudiante_de_secundaria|adolescente
voy|estoy ~2 secundaria|primaria|preparatoria|grado|prepa|escuela
tarea ~2 quien|mama|papa
de #5-17 anos
adolescente
born ~1 in #2009-2024
freshman|sophomore|8th|7th|9th ~2 high|grade|grader
no ~1 tengo|cumplo|he_cumplido ~2 #18-18
`, unless: `
drive|driving|drives|kids|daughters|sons|drop|dropping|dropped|pick|picking|waiting|coach|game|meeting|conference|pta|fundraiser|bake ~5 school_bus|high_school|middle_school|elementary|homework|recess|roblox|fortnite|minecraft
school_bus|high_school|middle_school|elementary ~2 driver|teacher|game|football|reunion|volleyball|band
mommy|daddy brain|duty|duties|issues
minor league|repair|tweak|stuff|glitch|bug|update|correction
im|am ~1 gonna|doing|sending|paying|good|offering|putting|okay|ok|down ~1 with? #5-17
not|isnt ~2 on|the #18-18
escuela ~3 por|recoger|dejar|llevar
just|is|are ~3 picked|dropped|dropping|picking|feeding|putting ~3 kid|child
in|for|over|after|past|last|next|every #1-17 years|yrs
off ~1 in # years
#18-120 ~1 year|years|yrs
my|mi|our|her|his|have|tengo|got|single|support|mom_of ~4 kid|child|son|daughter|kids|hijo|hija|baby|children|teenager|teen|minor|minors|hijos|grandson|nino|nina|ninos|students ~3 #|is|tiene|are|needs|in|to|and|en|who|de|$
son|daughter|kid|kids|child|grandson|granddaughter|nephew|niece|hijo|hija|baby|nino|boy|girl ~2 is|are|just_turned|turned|tiene|cumple|cumplio|who_is|turns ~1 #
since|when|until|till|was|at|after|cuando|before|from ~2 i|im|tenia|was|he|she|they|the_age ~2 #|minor|kid|child
when_i_was|i_was|since_i_was|cuando_tenia ~4
im|am a? #18-120
kid at_heart
kidding
account|payment|bill|loan|#|im|days ~2 #5-17 ~1 days|months|weeks|minutes|dollars|bucks|payments|hours|miles|percent|years_in|mins|more|years_ago|am|pm|checks|years_sober|years_clean|min|or|grand|an_hour|per|a
im|am|at|only ~2 #5-17 ~1 hour|hours|day|minute|week|month|dollar
im ~1 on|at ~2 #
minor ~1 in|issue|problem|detail|thing|surgery|setback|accident|delay|change|error|injury|mistake|inconvenience|details|fee|things
minor|minored ~1 in
college|university|masters|teach|teacher|teachers|taught|coach|work|works ~4 grade|school|high_school|middle_school|elementary|homework
high_school|highschool ~2 diploma|graduate|reunion|sweetheart|dropout|english|math|teacher|coach|kid|janitor|football|friend|music
did|do|doing|done ~2 my ~1 homework ~2 on|about|before|and
kids|my_kids|helping|help ~3 homework|school|recess
graduated|since ~3 high_school
tengo #5-17 anos ~1 de|trabajando|viviendo|pagando|con|sin|en|casad*
#5-17 anos|years|year|months ~1 ago|of|working|living|pagando|trabajando|de|en|married|con|at|in_the|on_the|with
dont|never ~4 homework
grade ~1 a|school_teacher
young ~1 at_heart
childs|kids|sons|daughters ~1 school|birthday|doctor|support|daycare
child support
18 or older
`}

package inbound

// wrongNumber is a wrong or reassigned person or number (IN-WRONG-01; 12 CFR 1006.6(d)(3)(ii)).
var wrongNumber = family{label: WrongNumber, rule: "IN-WRONG-01", fire: `
some|other|another|different angela|maria|jose|john ~1
no ~1 idea|clue ~1 who ~4
gave ~1 up ~1 phone|number|line
wrong|worng|incorrect|rong|diff|different ~1 number|person|phone|guy|girl|lady|one|contact|individual|dude|angela|people|family|man|woman|party|cell|recipient
have|reached|texting|texted|called|calling|messaging|contacting|dialed|u|you ~3 wrong|incorrect !button|link|time|math|one|email|thing|option|page|spelling|amount|balance|info|address|account|total|number_on|card|date|day|amt|figure|bill|charge|name_on|zip|email
not|isnt|aint|am_not|wasnt|never_been|never_was ~2 angela|him|her|the_person|who_you|who_u|that_person|them|her_phone|his_phone|her_number|his_number|their_number|torres|ms_torres|mr|mrs|miss|the_one|whoever|my_name
im|my_name|this|thats|names ~1 not|aint|isnt ~2 angela|him|her|the_one|the_right|who_you|who_u|marcus|john|jose|maria|that_person|robert|david
my|the name ~1 is|isnt ~2 not
this|that|its|thats|it ~1 isnt|not|aint me ~1 $
you|u|yall ~3 have|got|using|texting ~2 old|outdated|bad|disconnected ~1 number|info|phone
not|isnt|wrong ~1 my? ~1 name
nobody|no|none|noone ~2 by|named|called|with|here_by|here_named ~3 name|that|here|called|angela|person
nobody ~3 lives_here|here_called|here_named|by_that
no ~2 angela|such_person|one_here|such_name|one_by|marcus|one_named ~3
dont|do_not|doesnt|never|didnt|havent ~3 know|heard|hear|met|recognize ~3 angela|her|him|them|who_that|who_this_is_for|that_person|anyone|person|who_she|who_he|any|this_person|whoever|who_ur|who_you_are_looking|this_name|that_name|a
who ~1 is|the_hell_is|tf_is|dis|are|s ~1 angela|marcus|that|maria|jose|john|she|he
whos|who_is angela|marcus|that|maria|jose|robert|david|carlos|michael|she|he|this_angela
not|isnt|no_longer|wasnt|never ~2 her|his|their|angelas|hers|theirs ~1 number|phone|cell|anymore|line
number ~3 belong*|belongs|changed_hands|reassigned|recycled|used_to_belong|was_reassigned|doesnt_belong|isnt|not ~4
bought|got|found|purchased ~2 phone|cell ~2 used|secondhand|second_hand|refurbished|at_goodwill|on_ebay|off_craigslist
just|recently|only|newly ~1 got|have|received|bought|was_given|picked_up|inherited ~3 number|phone|line
got|had|have|owned|has|bought ~2 this|new|dis ~1 number|phone|line|cell ~6 last|week|month|ago|day|yesterday|since|for|year|years|today|months|two|recently|from|new
this ~1 is|has_been|was ~2 my|a ~2 number|phone|line ~5 since|for|now|years|months|not|new
new|different ~1 owner|person|people|phone_owner|user|holder|phone_number_now
have_the_wrong|has_the_wrong|wrong_numb*|wrong_num*
doesnt|no_longer|hasnt ~2 live|have|use|own|stay|work|reside|lived|had|used ~3 here|this|number|phone|there|anymore|at_this
moved ~1 out|away ~6 ago|years|months|last
he|she|they|angela|that_person ~2 moved|changed_number|changed_numbers|got_a_new_number|has_a_new_number|changed_her_number|changed_his_number|gave_up
previous|prior|old|last|former ~2 owner|person|tenant|holder|user|number_owner
this ~2 is|s ~3 business|store|restaurant|company|office|school|church|landline|work_phone|pizza|clinic|hospital|fax ~1 line|number|phone|$
business ~1 line|phone|number
you|u|ur|yall ~2 texting|looking|reaching|want|after|trying|sending|are_looking ~5 someone_else|somebody_else|wrong|else|not_me|other_angela|different
someone|somebody|person else ~2 number|phone|account|$
mistaken|mistook|confus* ~3 identity|someone|else|me_with|me_for
away|off ~4 from ~1 being ~2 guy|girl|person|man|woman
number|phone ~3 is_mine|is_not_hers|is_not_his|not_hers|not_his|isnt_hers|isnt_his|mine_now|is_ours
looking ~1 for ~3 not|isnt|wrong|else|no ~2 here|her|him|me
keep|always|still ~2 getting|receiving|get ~4 texts|calls|messages ~4 for|meant ~3 angela|her|him|them|someone|else|person|marcus|people|a
texts|messages|calls ~2 for|meant_for|intended_for|about ~1 someone_else|somebody|someone|some|a|an|angela|marcus ~3 not|dont|who|else|named
numero|persona|telefono|contacto ~2 equivocad*|incorrect*|erroneo|mal
equivocad*|equivoco|equivocaron|equivocando|equivocaste|equivoca|ekivocado|equibocado ~3
no ~1 es ~1 ella|esa_persona|la_persona|el_senor|la_senora|su_numero
no ~1 soy|somos ~2 angela|ella|el|la_persona|esa|ese|quien|esa_persona|la|yo|marcus|el_senor|la_senora|su_numero|esta_persona
no ~2 conozco|conocemos|conosco ~3
aqui|aca no|nadie ~2 vive|hay_nadie|hay_ningun|hay_ninguna|conoce|se_llama|existe ~3
nadie ~2 con|de|se_llama|llamad* ~2 ese|nombre|asi|angela
no ~1 hay|existe|vive ~1 nadie|ninguna|ningun ~3
no vive ~1 aqui|aca
este|ya ~2 no ~1 es ~1 su|el|mi|de numero|telefono|ella|el
este ~1 numero|telefono ~2 es|era|no ~3 mio|nuevo|otra|negocio|de_ella|mi|suyo|empresa|pertenece|tienda
acabo|apenas|recien ~1 de? ~1 compre|tengo|agarre|sacar|saque|comprar|conseguir|obtuve|obtener|me_dieron|cambiar|cambie|recibi|recibir ~2 numero|linea|telefono
numero|telefono nuevo ~4 tengo|desde|apenas
yo no soy
ya ~1 cambio|no_tiene|no_usa ~3 numero|telefono
`, unless: `
no ~1 hay ~1 ningun|ninguna ~1 problema|duda|prisa|cargo|recargo|descuento|opcion|pago|otro|otra|error|cambio
boton|monto|enlace|link|liga|dia|fecha|cantidad|clave|contrasena|codigo|opcion ~2 equivocad*|incorrect*|equivoco
it|link|app|page|site|card|code|button|login|password|that|this ~1 doesnt|dont|no_longer ~1 work|works|use|have
not ~2 the_one ~2 i|we
they ~2 moved ~1 my|the|it|us|me
wrong|incorrect ~1 number ~2 on|for_my|in|of|for ~2 letter|bank|statement|bill|balance|account|account|routing
gave|give|typed|put|entered|had|wrote|punched ~3 wrong|incorrect ~1 number
number|amount|balance|total ~2 is|was ~1 wrong ~2 on
is|was|do|did|does|am ~5 wrong|right ~1 number|person <q>
wrong ~1 number ~3 <q>
is_this|did_i|do_i ~4 wrong
im ~1 not ~1 angelas|the ~3 biggest|best|type|kind|brightest|richest|problem|enemy|bank|smartest
not ~1 him|her|them ~1 today|either|anymore_lol
i|im|its|name ~3 married|now|legally_changed
different|another ~1 number|phone|person ~3 call|text|at|reach|help|to_pay|to_talk|handle|than
call|reach|text|use|try|have|want ~4 different|other|another|new|my_other|diff ~1 number|phone
talk|speak|give|get|transfer|send|have|need|want ~4 different|another|diff ~1 person|one|guy|lady
different|diff ~1 amount|plan|day|date|person_every|people|one_please|one_each|person_each
just|i ~1 got|have|bought ~3 new|my ~1 phone ~4 here_is|save|still_me|same
got|have|bought|need ~1 a? ~1 new ~1 phone ~4
i_moved|ive_moved|we_moved|im_moving|moved ~2 to|last ~3 my|new
dont|didnt|never ~2 know ~2 if|how|what|when|where|why|whether
not|isnt my ~1 main|only|real|work ~1 number
new number who
quien|who ~1 is|es|are this|you|usted
who ~1 dis
this_is_my|its_my|my ~1 new number|phone ~4 save|update|please|now_on
dont|doesnt have ~3 smartphone|enough|it|account|work|this_month|internet
doesnt|dont work ~2 here|this ~2 link|app|site|day|me
that_doesnt_work
dont use ~2 this ~2 phone ~3 much|often|a_lot
me ~1 equivoque|equivoco
business ~2 is|slow|closed|owner|days|hours
who ~1 is ~1 that|he|she ~3 from|bank|owner|supervisor|with|calling|working
isnt her ~1 fault
not her|him fault
not ~1 me ~1 fault
^^ this|it is ~1 $$
not my name ~1 lol
`}

// thirdParty is someone other than the consumer (IN-3P-01; 12 CFR 1006.6(d)(1), 1006.10).
var thirdParty = family{label: ThirdParty, rule: "IN-3P-01", fire: `
mi @es_relative ~8 es|esa|fue ~1 su|suya|de_el|de_ella cuenta|deuda|tarjeta
mi @es_relative ~8 cuenta|deuda ~1 es ~1 de|suya ~1 el|ella|$
im|i|this|its|thats|hi|hey|hello|yes|speaking ~2 his|her|their|angelas|jays|johns|marias|marcus|davids|mikes|the|marks|roberts|sarahs ~2 @relative|assistant|coworker|boss|manager|secretary|nurse|aide|attorney_in_fact|supervisor|friend|employer|accountant|teacher|doctor|therapist|social_worker|case_worker|caseworker|pastor|wifey|mama|landlady|babysitter|nanny|receptionist|representative|poa|agent|tenant|foster
you ~1 are|reached|have|got|texting|texted|r ~2 his|her|angelas|their ~2 @relative|phone|house|cell
this|it is ~2 @relative ~2 of|speaking|texting|here
angelas|jays|johns|marias|davids|mikes|marcus|his|her|roberts ~1 @relative|boss|coworker|assistant|nurse|secretary ~2 here|speaking|texting|typing|responding|answering|replying
@relative here|speaking
this|im|its|i ~1 is|am ~1 not? ~1 angela|him|her|the ~1 but|im|its|her|his ~2 @relative
im ~1 the ~2 @relative|babysitter|nurse|executor|caregiver|landlord
speaking|calling|texting|writing|responding|replying|reaching|answering ~2 for|on_behalf|behalf ~4 my|him|her|his|them|mr|ms|mrs|of|a_client|angela|someone
on ~1 behalf ~1 of
behalf of|my
his|her|their|angelas|its|husbands|wifes|moms|dads|sons|daughters|my_husbands|my_wifes|my_moms|my_dads|my_sons|my_daughters|brothers|sisters|jays ~1 account|debt|bill|phone|number|cell|stuff ~3
he|she|hes|shes|angela ~2 not|isnt|is_not|aint|wasnt|cant ~1 here|home|available|around|in|with_me|at_home|in_the_office|come_to_the_phone|able|with_his|near
he|she|hes|shes|angela ~1 is|s|left|at|out|on|in ~3 work|shower|sleeping|asleep|hospital|her_phone|his_phone|jail|vacation|school|moment|bed|meeting|store|town|prison|church|charging|the_gym|driving
can|could|may|ill|will|want ~2 take|give|pass|relay|tell ~3 message|him|her|it_along|them|you_called
tell|give|let|pass ~1 him|her|them ~4 message|texted|called|know|call_you|to_call|when
have|ill_have|will_have ~1 him|her|them call|text|contact|reach
who ~1 are ~1 you ~2 looking|trying ~2 for
gave|left|lent|let|loaned|sold|borrow*|found|holding|watching|has|have|using|answering ~2 me|us|her|his|their|this|angelas ~2 phone|cell|iphone
shared|family ~1 phone|ipad|tablet|line|cell|number|plan|account|device|computer|landline
power_of_attorney|poa|legal_guardian|conservator|authorized_rep*|credit_counsel*|counseling_agency|housing_counselor|representative_payee|rep_payee|debt_relief_company|debt_consolidation
handle|handling|help|helping|manage|managing|take_care_of|pay|paying|look_after|deal ~2 her|his|their|my_moms|my_dads|my_mothers|my_fathers|my_grandmothers|my_grandfathers|my_husbands|my_wifes|grandmas|grandpas|my_sons|my_daughters|my_brothers|my_sisters ~1 finances|bills|affairs|accounts|mail|money|account|bill|debt
help|helping|represent|assist* ~1 my ~2 @relative ~3 this|pay|bills|account|finances|debt|with
i ~1 work with|for ~2 him|her|angela|credit_counsel*
asking|writing|texting|calling|inquiring ~2 for|about ~1 my ~1 @relative|@es_relative|friend|client|coworker|neighbor
my ~1 @relative ~3 asked|wants|wanted|told ~2 me ~1 to ~1 text|call|reply|answer|write|handle|respond|contact
he|she ~1 is my @relative ~3 what|who|why|can|do|how|need|want|want|isnt|not|cant|$
my|our ~1 @relative ~2 account|debt|bill|name_is_on ~3
my ~1 @relative ~1 owes|cant_text|doesnt_speak|doesnt_text|has_the_account|is_the_one_who_owes|is_the_account
its|is|this_is|thats ~1 my ~1 @relative ~2 account|debt|bill|phone|number|card|loan
why ~3 texting|calling|contacting ~3 his|her|my|work|our|a ~1 work|job|office|employee|house|wife|husband|mother|mom|dad|daughter|son|parents|phone
soy ~2 su|el|la|un|una|el_papa|la_mama|mama|papa ~2 @es_relative|asistente|jefe|enfermera|cuidador*|secretari*|nana|companer*|representante|trabajador*
habla|escribe|contesta|responde|contestando ~2 su|el|la|un ~2 @es_relative|mama|papa|jefe|asistente
el|ella no ~1 esta|se_encuentra|vive_aqui|puede_hablar|vive
no ~1 esta|se_encuentra ~2 aqui|en_casa|en_este_momento|ahorita ~3 el|ella|mensaje|soy|le
le|les ~1 doy|paso|digo|puedo_dar|aviso|puedo_dejar ~2 mensaje|recado|a_el|a_ella
en_nombre_de|de_parte_de|a_nombre_de|hablo_por|escribo_por|en_representacion
este ~1 es ~1 el ~1 telefono|celular|numero ~1 de ~1 mi|su|la|el
cuenta|deuda ~1 es|de ~2 mi|su ~1 @es_relative
poder_notarial|carta_poder|tutor_legal
dejo ~2 telefono|celular
`, unless: `
using|have|has|found|left|got ~1 this phone
my|our|mi ~1 @relative|@es_relative ~1 and_i|and_me|y_yo
my|mi ~1 @relative|@es_relative|boss|jefe ~2 gave|give|giving|lent|lend|loaned|helps|helping|help|will_help|said|says|told_me|paid|pays|paying|is_helping|got_me|let|me_ayuda|me_presto|me_va|me_dio|will_pay|going_to|sent_me|can_lend|can_help|bought
talked|spoke|checked ~2 with|to my ~1 @relative|boss
this|it ~1 is angela ~1 !s
his|her|their|my ~1 account|bill ~3 paid_my
tell ~1 him|her ~3 thanks|hi|i_said
let_me ~1 talk|ask|check ~3 @relative
i ~1 need|have|want ~2 ask|check|talk ~2 my @relative
ill ~3 have ~1 my|it
can ~1 you ~2 tell|give ~1 me|us
give|tell|let ~1 me|us
@lawyer|here ~4 his|her|their ~1 number|info|email|name|card
help|helping|helps me
family ~1 plan ~1 discount
on ~1 vacation ~2 until
im|i ~2 at|on|in|going ~2 work|vacation|hospital|school|jail
who_are_you ~1 <q>
`}

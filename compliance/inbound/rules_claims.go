package inbound

// attorney is representation on this debt (IN-ATTY-01; 12 CFR 1006.6(b)(2)).
var attorney = family{label: Attorney, rule: "IN-ATTY-01", fire: `
my|our|his|her|the|their|mi|nuestro ~2 @lawyer ~3 !commercial|commercials|ad|ads|fee|fees|shows
my|our ~1 new? @lawyer|paralegal
mi|nuestro|nuestra abogado|abogada|licenciado
i|ive|we|weve|he|she|im ~3 have|got|hired|retained|hiring|engaged|retaining|obtained|using|secured|with|through|working ~3 @lawyer|representation
hired|retained|engaged ~4 @lawyer|firm|representation
have|got ~1 a|an ~2 @lawyer
represented|repped|representing ~3 by|me|us|through ~4
im|we|i|is|are|am ~2 represented
represents|represent|repping|reps ~1 me|us|my|him|her
@lawyer ~2 handling|handles|represents|representing|will_handle|deals|is_dealing|has_this|said|told|advised|advises|says|instructed|will_be|is_on|retained|on_this|will_contact|wants|sent|already|involved|of_record|now
@lawyer ~3 has ~1 been ~1 retained|hired|engaged
contact|call|talk|speak|email|write|reach|direct|forward|send|refer|text|deal|go|communicate|address|route|submit|mail ~4 to|with|my|through|thru|it|all ~3 @lawyer|firm
contact|call|email|talk_to|speak_to|speak_with|reach my|our @lawyer
through|thru|via ~1 my|our|the|his|her @lawyer
lawyered|lawyer_up ~1 up
without|unless|until ~2 my|our @lawyer
without a @lawyer ~1 present
retained|secured|obtained ~1 counsel|representation
legal_aid|law_firm|law_office|law_offices|legal_services|llp|pllc|esq|esquire|law_group|attorneys_at_law ~8 represent*|handle*|handling|them|my|case|me|talk|contact|call|speak|has|taking
represent*|handling|handle*|hired|contact|call|speak|talk|from|at|with ~8 legal_aid|law_firm|law_office|law_offices|legal_services|llp|pllc|esq|law_group|firm
debt ~1 settlement|relief|resolution|defense ~2 @lawyer|firm|law_firm
@lawyer ~4 number|name|info|email|address|phone|contact|card|letterhead ~2 is|are|below|#|here|to_you
here ~4 @lawyer ~3 info|number|name|email|contact|card
speak|talk|deal|communicate ~2 only|directly ~2 @lawyer
only ~4 @lawyer
@lawyer ~2 on ~1 this|it|the_case|record|retainer
@lawyer ~1 is|are|name ~3
got ~2 @lawyer ~2
with|through|by|thru attorney|lawyer|atty ~2
@lawyer ~3 555*
estates|estate @lawyer
has|have ~1 an|a @lawyer
@lawyer up
everything|communication|communications|contact|correspondence|questions|inquiries ~3 through|thru|to|with ~4 @lawyer
per|on ~1 advice ~1 of|from ~1 @lawyer|counsel
advice_of_counsel|power_of_my_attorney|public_defender_handles
tengo|tenemos|contrate|contratamos|consegui ~3 @lawyer|representacion
habl*|comuni*|contact*|llam*|dirij*|escrib*|trat*|arregl*|entiend* ~4 @lawyer|bufete|despacho
@lawyer ~3 represent*|encarga*|maneja*|lleva*|dice|dijo|lo_ve|ve_esto|se_va|se_comunica*
represent* ~3 @lawyer|bufete|despacho|legalmente
por|con|a|via|traves ~2 mi|mis|nuestro @lawyer
bufete|despacho ~3 represent*|lleva*|maneja*
`, unless: `
do|should|would|can|could|must|does|did|will|if|whether|debo|deberia|necesito|need|may|shall ~5 a|an|un|una|hire|get|contratar ~2 @lawyer <q>
need|want|get|hire|find|afford|consult|looking_for|cant_afford|dont_have|no_need|without|necesito|quiero|buscar ~2 a|an|un|any|money_for|for ~1 @lawyer
cant|couldnt|dont|havent|no|not|never|didnt ~3 have|need|hire*|got|afford|want|get|talk* ~2 @lawyer
no|sin|without|no_tengo|neither|nor|any ~1 @lawyer
do|does|did|have|has you|u|they|your ~5 @lawyer
are|is|r|eres|es|am ~1 you|this|usted|i|talking|the|your|it|speaking ~3 @lawyer
you|your|u ~4 @lawyer ~2 <q>
@lawyer ~1 commercial*|ad|ads|show|jokes|fee*|costs|tv|too_expensive|is_expensive|would_cost|said_on_tv|friend|on_tv|on_tiktok|general*|on_youtube
power of attorney
poder notarial
attorney ~1 general*|s_general
your|their|harbors|companys|creditors|collectors|bank|banks|district|prosecuting @lawyer
divorce|criminal|immigration|custody|dui|traffic|injury|accident|real_estate|family_law @lawyer
@lawyer ~6 divorce|custody|dui|criminal_case|immigration|car_accident|accident|closing|house_closing|different|unrelated|another_case
friend|cousin|uncle|brother|sister|neighbor|dad|mom|wife|husband|i ~1 is|am|was ~1 a|an|my ~1 @lawyer
im ~1 a|an|the|not ~1 @lawyer
@lawyer ~2 advocate|school|student|up_front|joke
talk|talked|spoke|ask|asked|checked|check ~2 to|with|a|an ~1 a|an @lawyer ~3 first|before|maybe
maybe|thinking|might|considering|about ~4 @lawyer
or|and ~1 ill|i|im ~3 get|hire|find|call ~2 @lawyer
works|work|worked|job|intern ~2 at|for|in ~2 law_firm|law_office|@lawyer
no ~1 soy|tengo|necesito|quiero|hay ~1 @lawyer
law_firm|firm|law_office|@lawyer <q> ~3 $$
your|you ~2 law_firm|firm|law_office|legal_department
`}

// dispute is any contest of all or part of the debt (IN-DISPUTE-01; 12 CFR 1006.38(d)).
var dispute = family{label: Dispute, rule: "IN-DISPUTE-01", fire: `
prestamo|tarjeta|cuenta|credito|eso|contrato ~1 nunca|jamas ~1 lo|la ~1 saque|tuve|abri|firme|pedi|compre|use
dispute|disputes|disputed|disputing|contest|contesting|contested|challenge|challenging|disagree|disagreed|disputo|disputar|disputando|impugn*|refute|deny|denying|disputting|reject ~5
not|isnt|aint|wasnt|never|cant_be|couldnt_be ~2 my|mine|ours|me|our|us ~2 debt|debts|bill|account|loan|charge|charges|card|balance|problem|responsibility|$
this|that|it|thats|its|debt|account|bill|balance|none ~3 not|isnt|aint|wasnt|never|is_not ~2 mine|ours|me
not|isnt|aint mine
dont|doesnt ~3 owe|owed|borrow*|bank|recognize ~4 this|that|anything|you|it|money|them|him|her|account|loan|debt|card|there|contract|product|service|item|much|credit|these|any|with_you|nothing|a_dime|a_cent|so_much
dont|doesnt ~1 have ~3 account|loan|debt|card_with|any_debts|debts|credit_card
didnt|never ~3 owe|owed|borrow*|bank|banked|open*|sign|signed|have|had|use|used|bought|buy|order|ordered|received|receive|got|get|took|take|agree|agreed|recognize|apply|applied|purchased ~4 this|that|anything|you|it|money|them|him|her|account|loan|debt|card|there|contract|product|service|item|much|credit|these|any|with_you|nothing|a_dime|a_cent|so_much
i|we|she|he|they|ive|already|been|was|ya|have ~2 paid ~3 this|that|it|off|in_full|already|you|them|last|back|years|everything|months|before|ago|all_of|my_debt|my_account|my_balance|my_bill
already|ya ~1 paid|settled|took_care|satisfied|payed|cleared|been_paid|handled|resolved
paid_off|paid_in_full|been_paid|paid_already|was_paid|got_paid_off|is_paid|its_paid|settled_this|paid_it|paid_this|paid_that|settled_in_full|account_closed_with_zero|payed_off|zero_balance|paid_in|payed_this
settled ~2 this|it|that ~3 already|years|ago|last|with|before|back|#
amount|balance|total|figure|sum|math|interest|charges|fees|payoff|numbers|statement|bill ~6 wrong|way_off|incorrect|not_right|isnt_right|not_correct
number ~3 wrong|incorrect|not_right
amount|balance|total|figure|sum|math|interest|charges|fees|payoff|numbers|statement|bill ~3 wrong|incorrect|is_off|are_off|seems_off|looks_off|way_off|was_off|inaccurate|not_right|isnt_right|not_correct|isnt_correct|doesnt_match|doesnt_look_right|doesnt_add|dont_add|inflated|too_high|higher_than|bogus|made_up|mistake|error|way_more|dont_match|says|should_be|is_false|not_accurate|overstated
wrong|incorrect|inaccurate ~1 amount|balance|total|figure|sum|bill|number_on|charge|charges|account_balance
not ~1 what ~1 i|we ~1 owe|owed|signed|agreed|was_told|borrowed|charged|bought
owe ~2 less|that_much|this_much|nothing|nobody|only|half|zero|not|nada|nuthin|jack|you_nothing|u_nothing|squat|them_nothing
only|actually ~2 owe|owed|borrowed|charged|spent|financed|bought
error|mistake|mixup|mix_up|screwed_up|screw_up|messed_up|glitch|double_charged|charged_twice|overcharged|overbilled|billed_twice|double_billed|misbilled|charging_me_twice|billing_error
too|very|so old ~4 debt|collect|account|valid|this
debt|account|bill|this|thing ~4 too_old|years_old|expired|time_barred|statute|older_than|ancient|decade|invalid|not_valid|cant_still_be
objecting|object ~2 charge|charges|debt|bill|amount|balance|this|fees
zeroed|cleared|wiped|closed ~2 account|balance|debt|that|it|this ~2 out|years|ages|ago|already
belongs|belong ~2 to ~2 another|different|someone|somebody|other
somebody|someone|yall|you ~2 goofed|messed_up|screwed_up|made_a_mistake|botched
dont|doesnt|cant ~2 believe|think ~4 mine|owe|my_debt|my_account|my_bill|my_loan|my_charge|my_responsibility ~2
dont|cant ~1 see ~3 owe
doesnt|dont|not|isnt ~1 belong* ~1 to ~1 me|us
never|havent|didnt ~2 done|did|do|had ~2 business|dealings
bill|charge ~2 me|us ~6 twice|never|already
billed|charged|charging|billing ~2 me|us|for ~6 never|didnt|not|returned|cancel*|twice|already
should ~1 be|have_been ~2 zero|0|paid|closed|less|lower|cleared|covered|gone|removed|waived|forgiven
made|sent|paid|mailed ~2 final|last ~1 payment ~3 last|year|ago|summer|already|in|this|that|and|so
my records|paperwork|receipt|receipts|papers ~2 show*|say*|says
no way ~2 i|we owe
was ~2 told|informed ~4 paid|forgiven|waived|settled|cleared|zero|closed|covered
forgiven|waived|written_off|fell_off|removed_from ~5 years|already|credit|debt|balance
never|nobody|not ~1 asked|agreed|ordered|wanted|requested|bought ~2 this|that|it|service|product|any
who ~1 says|said ~1 i owe
nothing ~2 owe|owed|due
i|we owe nothing|zero|nada|nobody
not|isnt|never ~1 what ~2 owe|owed|agreed|told|quoted|signed
like|about|around #|hundred ~1 too_much|too_high
thats|its|this_is ~2 exs|ex|his|her|husbands|wifes|roommates|sons|daughters|brothers ~2 debt|bill|account|loan|card
already ~2 collected|sued_for|garnished|taken_care
took ~1 care ~1 of ~1 this|it|that ~3 already|ago|last|years|bill|debt
no ~2 me ~1 pertenece|corresponde|toca
ya ~1 se|fue|esta|la|lo ~1 pago|pagado|pagada|pagaron|liquidada|cancelada|salda*
cobr* ~4 no ~1 compre|pedi|use|firme|recibi
no ~1 lo|la|los ~1 debo
statute ~1 of limitations|limitation
statute_of_limitation*|sol_expired|past_the_statute|time_barred|sol
insurance ~5 covered|cover|covering|paid|billed|supposed|covers|denied|pays|should|didnt_pay|wont_pay|hasnt_paid|never_paid
medicare|medicaid|va|workers_comp ~4 cover*|pay|paid|should|supposed
returned|canceled|cancelled|refunded|never_received|never_got|never_delivered|sent_back|gave_back|surrendered ~4 item|couch|car|order|product|it|service|membership|package|phone|vehicle|furniture|contract|subscription|equipment|modem|router|laptop|tv|cable|box|bed|mattress|goods|merchandise|policy|gym|warranty
cancel* ~3 before|within|during|in_time|trial|subscription|membership|contract|service
this|that|it ~2 was|is|belongs ~3 roommates|exs|moms|dads|brothers|sisters|husbands|wifes|sons|daughters|cousins|boyfriends|girlfriends|friends|landlords|tenants|companys|employers ~1 debt|bill|account|loan|card|charge
covered|paid|handled|settled|satisfied|forgiven|waived|cleared|cancelled|discharged ~1 by ~4
cancel*|returned ~12 charged|charging|billed|still|anyway|dont_owe|owe
defective|broken_when|never_worked|never_delivered|didnt_work|not_as_described|poor_quality|lemon
responsib* ~4 not|isnt|ex|his|her|wife|husband
not|isnt|never|im_not|no ~3 responsible|liable|obligated|my_responsibility|my_obligation
divorce|decree|judge|court ~8 ex|ex_husband|ex_wife|responsible|assigned|ordered ~6 pay|debt|responsible|this|it
ex|exhusband|exwife|ex_husband|ex_wife ~4 debt|responsible|owes|supposed_to_pay|pays|bill|account|opened|ran_up|charged
dont|do_not|cant|never|doesnt ~2 recognize|remember|recall|know ~5 debt|account|charge|company|bank|bill|anything|loan|card|this|creditor|what_this_is|owing|opening|what_its_for
never ~2 heard|banked|had|did_business|dealt|shopped|been|lived|opened|borrowed|owned|owed|signed|used|financed|missed ~5
no ~1 such ~1 debt|account|card|loan
dont|doesnt ~2 agree ~4 amount|balance|debt|charges|total|this|it|fees|that
show|prove ~2 me ~2 error|i_dont_owe
wrong|false|bogus|fake|phony|illegitimate|invalid|made_up ~1 debt|bill|charge|charges|claim|account
not|isnt ~1 valid|legit|accurate|correct|right ~2 debt|amount|$
isnt|not ~1 accurate
i ~1 owe ~6 not|but_not|except ~4 late|fees|interest|all|rest|part|full
fees|charges|interest|late_fee|late_fees ~4 wrong|not_right|illegal|ridiculous_and_wrong|contest*|never_agreed|dont_agree|bogus|arent_mine|unfair_and|shouldnt_be|not_mine|shouldnt
part|some|half|portion ~4 not_mine|isnt_mine|wrong|disput*|incorrect
you|they|yall|bank|creditor ~1 have|got|made|are|guys|people ~3 wrong|mistake|error ~3 amount|balance|account|here|records|$
check|look_at|fix|update|review|pull ~2 your|ur records|record|books|system|files
duplicate|twice ~3 account|debt|charge|bill|collect*|pay
someone_else|another_agency|different_agency|other_agency ~6 same|already|collect*|also ~3 debt
receipt|proof|letter|confirmation|bank_statement|statements|canceled_check|cancelled_check|paperwork ~6 paid|payment|settled|zero|paid_off|i_paid
have|got ~2 receipts|proof ~2 
never|didnt ~1 miss*|late ~2 payment
was ~1 never|not my|mine
balance|account ~2 was|is ~1 zero|closed
no ~1 debo|debemos|es_mia|es_mio|es_mi|reconozco|estoy_de_acuerdo|son_mios|soy_responsable|es_correcto|es_correcta|es_cierto|es_valida|me_corresponde|me_pertenece|abri|pedi|es_nuestra|recuerdo|recuerdo_haber|le_debo|les_debo|te_debo|es_el_monto|es_lo_que_debo ~4
nunca ~2 tuve|he_tenido|abri|compre|firme|pedi|saque|recibi|use|debi|he_debido|tenido|contrate|tome ~4 cuenta|tarjeta|prestamo|credito|eso|nada|ahi|producto|deuda|contrato|servicio|banco|esa|ese|esto
ya ~1 lo|la|les|eso|esto|esa|se ~2 pague|pagamos|pagado|liquide|pago|liquidado|saldado|salde|cubri
ya ~1 pague|pagamos|liquide|salde|esta_pagado|esta_pagada|fue_pagada|esta_liquidada|cancele_esa
monto|saldo|cantidad|cuenta|total|balance|interes|cargo|cargos ~4 mal|incorrect*|equivocad*|no_es_correct*|erron*|no_cuadra|esta_mal|no_coincide|error|no_es
deuda|cuenta|eso|esa|esto|esta|prestamo ~3 no ~2 mia|mio|nuestra|correcta|valida|conozco|reconozco
error|equivocacion ~4 deuda|cuenta|saldo|factura|cobro|ustedes
debo ~2 menos|nada|solo|solamente
me_estan|estan|me ~1 cobrando ~3 doble|de_mas|dos_veces|algo_que|lo_que_no
seguro|aseguranza ~5 cubr*|tenia_que|debia
el|mi|aseguranza seguro ~4 pagar*|pago
prescri*|muy_vieja|demasiado_vieja
no|never ~1 signed ~3 anything|contract|agreement|that|this
where|how ~3 come|did|get|got ~4 this|that|amount|balance|number ~4 wrong|from|i_dont
thats|its|this_is ~2 not_right|not_correct|incorrect|wrong|a_mistake|an_error|inaccurate|crazy_wrong|bs_i_dont
`, unless: `
i|payroll|boss|work|employer|hr|job|autocorrect|weather|traffic|storm|wifi|schedule|sleep|order|kid|kids|dog|my_check|paycheck ~2 messed_up|screwed_up|mistake|error|glitch*|mixup
by mistake|error|accident
oops|whoops ~3 mistake|error|messed_up
get|gets|getting|got|gives|giving|says|shows|throws|keeps|sale|da|marca|aparece|tira ~2 error|glitch
mi|el|un|su|al|del|este|primer|otro|proximo|ultimo|segundo pago
cancel* ~6 so_i|to_save|to_pay|extra|and_now_i|so_now_i|help_pay
paid ~2 it|that|this? ~1 this_morning|tonight|today|yesterday|just_now|last_night|on_the_app|an_hour_ago
paid ~1 it ~1 this_morning|today|tonight|yesterday|just_now|last_night|online
should_be ~2 cleared|paid|covered|lower ~3 by|on|tomorrow|friday|soon|today
nothing ~1 due|owed ~2 today|until|till|this|yet|now|right
didnt|never ~1 get|got|receive|received|catch ~1 that|it|this|anything ~1 $
no ~1 recuerdo|reconozco ~3 contrasena|clave|fecha|dia|cual|cuando|cuanto|usuario|correo|donde|si|codigo
no ~1 abri|pedi|recibi ~2 enlace|liga|link|mensaje|correo|codigo
didnt|dont|doesnt|not ~2 charge|bill ~3 until|till|before
die|dead|old|gray|grey ~3 before|by this ~2 paid
reflejo|registro|aplico|recibio ~1 mi pago
send|email|text|give|need|want|mail|get ~2 proof|confirmation|record ~1 of ~1 my|the|that payment|payments
time ~2 settled|paid|settle ~1 this|it|that
touch my bank|card|account
not|no|dont|isnt|arent|wont|didnt|never|nothing|without|aint|havent ~3 disput*|contest*|deny|denying|challeng*|disagree|arguing
no|not|without|cero|zero ~1 a? dispute|disputes|disputa|argument
how|where|can|what|should|could|do|if|does|will|would ~5 dispute|contest|challenge|disputar <q>
deny|reject|refute ~3 my|the ~1 payment|card|offer|application|access|claim
challenge|challenging ~2 time|month|year|for_me|to_pay|financially
contest|contested winner|divorce
my ~2 address|name|email|phone|zip|birthday|number|card|spelling ~3 wrong|incorrect|misspelled|off|old
wrong card|address|name|email|date|link|spelling|zip|bank|file|place|day|time|button|password|person|number|phone|guy
wrong number !on
card ~2 wrong|incorrect|is_wrong
if|once|when|after|until ~4 paid
gets|get|got|getting|be|am|im|was|i ~1 paid ~3 friday|monday|tuesday|wednesday|thursday|saturday|weekly|biweekly|monthly|on|the|every|next|by|at|tomorrow|today|twice|until|then|bi|from_work|every_other
i|we ~1 paid ~5 rent|bills|electric|mortgage|car_note|my_rent|doctor|other
i|we ~2 paid ~3 #|first|last ~3 payment|on_the_plan|already_this_month|installment
paid ~1 you ~2 last|this ~3 week|month|friday ~5 plan|payment|left|remaining|next
just|already ~1 paid|made|sent ~3 payment|first|through|online|using|link|today|the_link|installment|on_the|this_month|yesterday|this_morning
paid|payment|pay ~4 did|post|posted|received|went_through|go_through|show_up|get_it|goes_through
someone called me
i_didnt_pay|didnt_pay ~2 because|cause|since
want|like|id_like|need|going|ready|able|how|when|can|will|could|plan|trying|try ~3 paid|settle|settled ~2
deal_settled|all_set
didnt ~1 get|receive ~5 letter|text|link|message|email|mail|your|confirmation|call|notice|receipt|the
never ~2 got|received|receive|get|had|heard ~4 letter|text|message|link|email|mail|from_you|notice|call|confirmation|copy|texts|anything_in|my_copy
dont|didnt ~2 have|use ~5 card|bank|money|account|time|checking|with_me|right_now|yet|it_yet|credit|anything|cash|email|a_car|that|it|enough|any_questions|any_money|any_income|smartphone|a_job
dont ~1 get|understand ~3 it|this|that|what|how|why|much|any
dont ~1 remember|recall|know ~4 my|the|if|when|how|password|login|date|pin|exact|account_number|where|yet|balance|amount|zip|which|who
dont|didnt|never ~2 sign ~1 up|in
fix|update|check ~2 your|ur|the ~1 system|records|file ~4 address|phone|email|new|name|zip|payment
late ~2 again
its|this_is|is mine|mia
yes|yeah|si ~2 mine|mia
yes|yeah|yep|sure|si ~2 i ~1 owe
covered|paid|settled ~1 by friday|monday|check|card|phone|then|the|next|tomorrow|mail|march|june|christmas
not ~2 mine|my ~1 problem ~1 you|lol
i owe it
<!dont|not|never|didnt|cant know|agree|admit ~2 i? owe
typed|put|entered|sent|paid|meant|my ~2 wrong ~1 amount|figure|number|total
get|have|getting|want|need ~3 paid|paid_off
human ~3 mistakes|mistake|error
for|proof ~2 my|payment ~3 records
no|not ~2 problem|my_fault|my_payday|my_day|my_phone|my_best|my_favorite|my_thing|my_first|mine_to_use|my_number|my_name|my_card|my_email
isnt|not|wasnt ~1 my ~1 name|phone|number|email|address|day|payday|card_on_file|cup|style|lawyer|main|husband|wife
me_not|not_me|isnt_me|not me
never|didnt ~2 miss|late
cancelled|canceled ~3 card|appointment|because
card ~2 cancelled|canceled
agreement|is ~1 not ~1 valid ~4 <q>
is|was|are|does|did|can|will|would|could|do|what|how ~8 amount|balance|total|interest|account|insurance|debt ~8 <q>
insurance ~4 check|money|settlement|claim_pays|payout ~4
my ~1 life insurance
returned ~2 your|my|the ~1 call|text|letter|message|form
no ~1 debo ~2 preocuparme
cuanto ~3 debo
no ~1 reconozco ~2 numero
si ~2 es ~1 mia|mi
no|never use|used ~3 app|website|this_phone|that_phone|computer
recognize ~3 number|caller|phone
settle ~3 for|with|by|this_month|now
settled ~2 for|by|this_month|now
look ~1 at ~1 your ~3 offer
error ~4 website|page|site|app|message|link|pay|when|code|online|screen|portal|loading
glitch ~3 website|app|page|site|phone
website|page|site|app|link|portal|phone|login ~3 error|glitch|messed_up
my ~1 mistake|bad|error|fault
too_old|years_old ~3 for_this|to_learn|phone|man|woman
`}

// validation asks for proof, a breakdown or the original creditor (IN-VALREQ-01;
// 12 CFR 1006.34, 1006.38(c)).
var validation = family{label: ValidationRequest, rule: "IN-VALREQ-01", fire: `
prove|proof|evidence|documentation|verification|validation|validate|substantiat*|verify|proove ~5 debt|owe|owed|account|mine|this|it|balance|claim|amount|charges|loan|bill|is_real|legit|first|letter|of|says
prove it
send|mail|email|give|show|provide|want|need|see|require|request|get|fax|have|demand ~4 proof|validation|verification|documentation|documents|evidence|itemiz*|breakdown|contract|agreement|statement|statements|original|paperwork|copy|paper_trail|receipts|ledger|accounting|something_in_writing|a_letter ~3
send|mail|give|need|want ~3 details ~3 debt|account|charges|owe
debt ~1 validation|verification
validation|verification|verifcation|validate notice|letter|of|please|this|it
itemiz*|breakdown|break_down ~5
break ~1 it|this|that|the_amount|the_balance ~1 down
copy of ~4 contract|agreement|bill|statement|signed|original|note|application|account|loan|judgment|debt|invoice|what|signature
signed|original ~1 contract|agreement|application|creditor|documents|loan|signature|note|lender|paperwork|company|bank
what|why ~3 am|was|were i|we ~3 charged|billed|paying|owing ~2 for
send|mail|email|give|show|fax|get|need|want|see ~4 copies|copy|papers|whatever_i_signed|what_i_signed|whatever_you_have
charged|owe|owing|paying|this for what
for what $
more ~1 info|information|details ~2 on|about|regarding ~2 debt|account|bill|this
who ~3 original|creditor|lender|did_i_owe|do_i_owe|is_this_for|is_this_owed|do_you_collect|are_you_collecting|is_it_for|is_this_debt|does_this_belong|was_this_with|do_i_supposedly
whos|who_is ~3 original|creditor|lender|this_for|this_from|this_owed
what|which ~3 company|bank|creditor|store|lender|account|card|debt|bill|charge|purchase|loan|hospital|doctor|place ~4 for|from|is_this|is_it|about|are_you|originally|was_it|does_this|was_this|through|is_that
what ~3 debt|this|it|that|bill|charge|account ~3 for|from|about|even
whats ~1 this|it|that|the_debt|this_debt|this_bill|the_charge|this_even ~2 for|about|from|regarding
what is ~2 this|it|debt|charge ~2 for|about|from
where ~3 did|does|is|this|it|debt ~4 come_from|from|originate*
how ~3 know|sure|be_sure|verify|tell ~5 scam|real|legit|legitimate|you_are|this_is|mine|fraud|fake|not|youre
is|are|sounds|seems|looks|think|smells|feels|this ~3 scam|scammer|scammers|scamming|phishing|legit|legitimate
scam|scammer|legit|phishing|scammers
never|havent|didnt|dont ~2 got|get|received|receive|seen|have|sent ~4 letter|notice|paperwork|anything_in_the_mail|bill|anything_in_writing|mail|documentation|validation|copy|statement|anything_about
in_writing|something_official|official_letter|official_documents|official_notice
how ~2 did ~3 get|come_up|arrive|calculate ~3 number|amount|balance|total|to_that|this
how ~2 calculated|figured|computed|come_up
show ~1 me ~5 owe|signed|signature|contract|proof|agreement|papers|where|bill|statement|what_i
explain|detail|list ~4 charges|amount|balance|fees|interest|each|all_the|owed
what_makes_up|how_much_is_interest|how_much_of ~6
are|is you|this|your_company ~2 real|licensed|legit|legitimate|allowed|authorized ~3 company|collect|agency|business|$
full|complete|entire|account history|ledger|record|accounting
how ~2 this|it|that ~2 become|became|get_to|grow|grew|go_from
convince ~1 me
anything|paper|papers|something|document ~2 with ~1 my name|signature
who ~1 hired|sent|authorized|gave ~2 you|yall|account|this
your|a ~1 license|licence ~2 number|no
verify ~2 this|the|that ~1 debt|account|amount|balance|is|before|with|first|bill
dont ~1 think|believe ~2 i|we owe ~4 verify|prove|proof|show
right to ~3 validat*|verif*|proof
details ~2 of|about|on ~3 debt|account|charges|balance|bill|loan
when|where ~2 was ~3 account|debt|card|loan|it ~2 opened|from|incurred|used|charged_off
date ~2 of ~2 last|opening|default|first
acreedor|prestamista ~2 original
quien ~3 acreedor|banco|debo|le_debo|es_la_deuda|compania
pruebas|prueba|comprobante|comproba*|evidencia|verificacion|validacion|validar|verifiquen|verificar|demuestr*|pruebe|prueben|comprueb*|documentos|documentacion|contrato|desglose|detalle|estado_de_cuenta|papeles|copia ~4 deuda|debo|que|de|es|mia|cuenta|esto|firm*|original|eso|la|lo|por_favor|saldo|por_escrito
mand*|envi*|muestr*|dem*|necesito|quiero|ensen*|exijo|pido|tienen|solicito ~4 pruebas|prueba|comprobante|evidencia|validacion|verificacion|contrato|desglose|documentos|copia|estado_de_cuenta|por_escrito|carta|papeles|detalle
como ~2 se|puedo|saber ~5 estafa|real|verdad|fraude|legitimo|legitima|mia|cierto|no_es
es|sera|parece|suena ~2 estafa|fraude|legitimo|real ~2 <q>
estafa
de_que|que|por_que|de_donde ~2 es|viene|sale ~2 esta|esa|la|esto|eso|este ~1 deuda|cuenta|cobro|cargo
de ~1 donde|que|quien ~3 deuda|cobro|cuenta|monto
a quien ~2 debo|debia|pertenece
nunca|no ~1 he|me ~1 recibi*|llego|han_mandado|mandaron ~3 carta|aviso|notificacion|nada_por|papel*|correo
por escrito
`, unless: `
carta|copia|comprobante|recibo|papeles ~4 termine|terminar|acabe|liquide|pague|final|al_final
hago|hare|otra|nueva prueba
is|are|seems|looks ~1 it|that|this? ~1 legit ~1 good|great|nice
thanks|thank_you|gracias ~2 for ~2 breakdown|breaking_it_down|explanation|details|info
can|could ~2 get ~1 the agreement ~1 emailed|mailed|texted|signed
get|receive ~1 letter|receipt|confirmation|paperwork ~2 end|done|finish|finished|paid
read ~1 this|my statement
explain ~1 interest|apr|settled|settlement $
show|shows|does ~4 payment ~2 show
what is ~1 this|it|that ~1 about|regarding|concerning
copy|copies ~3 receipt|receipts|plan|payment_history|confirmation|autopay
send|email|text|give|need|want|mail|get|show|have ~2 proof|confirmation|record ~1 of ~1 my|the|that payment|payments
pedi|meti ~2 papeles|documentos|carta
verify|validate|validation|verification ~3 my|me|payment|posted|payment|parking|identity|dob|date|date_of_birth|zip|email|address|phone|code|birthday|who_i_am|parking|ticket|card|account_info|identification
can|did|do|does|will|please|need|want|could ~4 verify ~3 payment|receive*|posted|zip|identity|birth|address|dob|it_went|phone
you ~2 need ~3 verify|prove
prove|proof ~3 identity|income|of_income|of_payment|paid|i_paid|youre_not|im_not|not_a_robot|hardship|of_hardship|residency|of_insurance|address|employment|human|youre_human|youre_real|robot|bot|im_me|your
confirmation|receipt|paperwork|letter|agreement|contract|copy|statement|documents|link|papers ~4 autopay|plan|payment|sign|settlement|paid|to_sign|ach|arrangement|for_taxes|closing|confirmation
send|mail|email ~2 me? ~2 payment link|letter
plan|payment|settlement|sign|autopay ~3 paperwork|agreement|confirmation|receipt|documents|in_writing
plan|offer|deal|settlement|arrangement|agreement|that ~3 in_writing
<!never|not|didnt|havent|hasnt|dont|never_even already|got|have|received|read|found|saw ~2 the|your|my letter|statement|breakdown|notice|validation
mi recibo|comprobante_de_pago
want|need ~1 a ~1 copy <q>
my ~1 statement|statements ~1 says|shows
link|offer ~6 legit
is what ~1 this|it
is ~1 this|that|it ~1 a|an? ~1 real ~1 offer|deal|discount|person|human
legit ~2 cant|broke|thought|crying|forgot|offer|deal|happy|excited|dont|just
what ~2 is|are ~3 offer|plan|options|amount|payment|balance|lowest|minimum|due|deal|total|settlement|date|late_fee
what ~3 bill ~2 due
what|which ~2 card|account ~4 charge|use|file|using|pay|should_i|do_you_take
what|which ~2 bank|card|account ~5 payment|pay_with|link|on_file|autopay
my ~1 details|statement|copy ~3 changed
didnt|never|dont ~2 get|got|have|receive ~4 link|text|call|receipt|confirmation|code|your_text|bill_of|my_card|reminder|email|message
details ~2 of|about|on ~2 plan|offer|settlement|payment
how|explain ~3 plan|offer|settlement ~3
^^ quien|who ~1 es|is|habla ~1 this? $$
number|whats|what_is ~1 your|this|the ~1 address|name|number|website|link
`}

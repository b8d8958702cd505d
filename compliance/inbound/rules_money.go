package inbound

// refusal is a stated refusal to pay, not inability and not haggling
// (IN-REFUSE-01; 12 CFR 1006.6(c)(1)).
var refusal = family{label: RefusalToPay, rule: "IN-REFUSE-01", fire: `
i|we wont|will_not pay and|so ~1 dont|stop|leave|quit|never|do_not
im|i_am ~1 done paying|giving ~1 you|this|money ~1 ever|period|$
refuse ~5 to_pay|paying
refuse|refusing|refused|decline|declining ~3 pay|paying|payment|this_debt|it|anything|to_give
because|and|so|cuz i refuse
i|we|hereby refuse $
im|i|we|are|am ~2 not|never|aint|wont|wouldnt ~2 pay|paying|sending|giving|payin|gonna_pay|going_to_pay
i|we wont|never|aint|not|will_never|shall_not|will_not|wouldnt ~3 pay|paying|payin|be_paying
not|never|aint ~2 pay|paying|payin|give|giving|send|sending ~3 dime|cent|penny|nickel|anything|shit|nothing|dollar|red_cent|squat|this|it|you|jack|damn|a_thing|bill|debt
never ~1 going|gonna ~1 to ~1 pay|be_paid
not|never ~2 see|get|getting|seeing|have|collect ~3 dime|cent|penny|nickel|red_cent|dollar|money|anything_from|anything_out
no|zero ~1 intention|plans|intent|desire|interest ~2 of|to|in|on ~1 pay|paying|giving
dont ~1 intend|plan|feel_like|want|care ~2 to|on ~1 pay|paying
wont|not ~1 be ~1 paying|making_any_payments|making_payments|sending
no ~1 way ~2 im|i|in_hell|am_i ~4 pay|paying|payin
good_luck|try|keep_dreaming|dream_on ~3 collect|collecting|getting|get ~3 $
good_luck ~2 collect*
over ~1 my ~1 dead_body ~3 pay|paying|you_get
hell|pigs|snowball|cold_day ~4 freeze|freezes|fly|over|before|in_hell ~8 pay|paid|you_get|a_payment
hell no ~4 pay|paying|money|not
rather|sooner ~8 than ~3 pay|give|send|hand
id ~1 rather|sooner ~4 burn|set_it_on|set_fire|eat_dirt|eat_glass|flush|throw|light|rot|go_to_jail|die|shred|donate
write_it|write_this|charge_it off ~5 refuse|not_paying|wont|never|im_not
you|yall|nobody ~3 not|wont|never|aint ~2 get|getting|see|seeing|collect ~4 from_me|out_of_me|from_us|me|of_my|money|dime|cent|payment
you ~1 get|getting|got nothing
nothing|zilch|nada|zero|not_a_dime|not_one_cent|not_a_cent|not_a_penny ~2 from_me|is_what_youre_getting|is_what_you_get
never ~1 happening|gonna_happen|going_to_happen|in_a_million ~1
money|pay|payment ~4 never|not ~1 happening|gonna_happen|going_to_happen
make me pay|$
come ~1 and ~1 get it ~2 then|$
you_can|go kiss ~2 ass|goodbye|payment|money|butt
forget ~2 getting|about ~2 paid|payment|money|a_payment|me_paying
no ~1 payment ~3 from_me|coming|will_be_made|ever|forthcoming
wont|not|never ~2 honor|honoring|pay|acknowledge ~2 this|that|the ~1 debt|bill|balance|account
stop|quit|dont ~1 asking|expect* ~3 pay|payment|money|dime|cent ~4 not|never|wont|gonna
dont ~2 expect|hold_your_breath|wait ~6 pay|payment|money|dime|cent
dont hold_your_breath
screw ~1 this|the|your|that ~1 debt|bill|payment
wont ~1 pay $
aint|not paying $
aint|not ~1 paying|payin|pay ~1 nobody|nothing|you_people|yall|nuthin
not getting ~2 out_of_me|from_me
eat|kiss ~3 debt|balance|bill
consider ~2 unpaid|uncollectible|uncollectable
me ~1 niego|nego|rehuso ~2 pag*|a
no|nunca|jamas ~1 les|le|te|lo|la ~1 voy|vamos ~1 a pagar*|dar*|mandar*
no|nunca|jamas ~2 pagare|pagaremos|pienso_pagar|pienso_pagarles|quiero_pagar|pago_nada|pienso_pagarlo|tengo_intencion_de_pagar|pago_ni|les_pago|les_pagare|quiero_pagarles|le_pago
no ~1 pienso|quiero|tengo_intencion_de|planeo ~1 pagar*|dar*
ni ~1 loco|loca|muerto|muerta|un_centavo|de_chiste|en_suenos|un_peso|un_dolar|de_broma|borracho|hablar ~3 pago|pagar*|pagare|doy|van|les|$
ni_un|ningun ~1 centavo|peso|dolar|quinto
prefiero ~6 que|a pagar*
no ~3 van|vas|va ~1 a ~1 sacar*|quitar*|ver|cobrar* ~3 centavo|peso|dinero|nada
olvid* ~2 pago|dinero|que_les_pague|de_cobrar*
`, unless: `
wont|not|never|dont ~1 forget|be_able|be_late|miss|have_to|need_to|mind|skip ~4 pay|paying
not ~1 sure|ready|late ~3 pay|paying
dont|didnt|almost|wont|never ~1 forget ~6
never|didnt|not ~2 say|said|saying ~3 wont|wouldnt|refuse|not|refused ~2 pay|paying?
^ is refusing
^ do|would|can|could|will you refuse
cant|couldnt|unable|not_able|cannot|no_puedo ~2 pay|paying
pay|paying|payin|pagar|pagare|pago|give|giving|sending|send|dar ~5 until|till|by_card|by_phone|over_the_phone|online|today|yet|this_week|this_month|right_now|now|in_full|all|everything|all_at_once|at_once|that_much|more_than|more|full|so_much|tomorrow|before|hasta|hoy|todo|mas_de|ahora|ahorita|tanto|fees|fee|interest|late|the_full|lump|with|via|through|extra|twice|again|double|someone|attention|a_fee|much|this_friday|friday|upfront|another|over|above|without|unless|late_again|intereses|con_tarjeta|por|antes|this_late_fee
refuse ~2 use|talk|call|download|to_use|go|believe|sign|partial|offer|to_be
would|do|will|can|did|could|are|if you|they ~1 refuse|decline
offer|card|payment|was|got|keeps|kept|is ~2 refused|declined|decline|declining
no ~1 way ~6 all|once|full|that_much|that_amount|that_soon
over_my_dead_body lol|haha
not|wont|aint ~2 pay|paying ~8 how_about|but_i|but_can|what_about|but_would|can_you_do|but_id|but_ill
pay|paying ~1 #20-99999 ~8
pay|paying|pagar ~2 a? ~1 convenience|processing|late|service|extra ~1 fee|fees|charge
im ~1 not ~1 refusing|saying
not ~1 refusing
not|never|wont ~2 pay ~1 attention|rent
why ~5 not|wont|never ~2 pay
what|if ~1 happens|i ~4 dont|not|wont|never ~2 pay|paying
if ~1 i|we ~2 dont|not|wont|never ~2 pay|paying
`}

// stopPayment cancels automatic payments or a debit, or calls one unauthorised
// (IN-STOPPAY-01; 12 CFR 1005.10(c)).
var stopPayment = family{label: StopPayment, rule: "IN-STOPPAY-01", fire: `
stop|cancel|end|kill|halt|turn_off|shut_off|disable|discontinue|pause|quit|remove|delete|suspend|reverse|undo|nix|drop|take_off|take_me_off|switch_off|terminate|get_me_off|get_rid_of|pull|scrap|stopping|canceling|cancelling|cancelled|canceled|call_off|deactivate ~4 autopay|auto_payment|automatic|auto|debit|debits|draft|drafts|ach|withdrawal|withdrawals|withdrawls|deduction|deductions|recurring|autodraft|autodebit|direct_debit|scheduled_payment|scheduled_payments|autopayments|pagos_automaticos
nobody|none|yall|you ~4 not|never|nobody|no_longer|isnt ~2 allowed|permitted|authorized ~2 debit|charge|pull|draft|take|withdraw|bill
nobody ~2 allowed|permitted|authorized ~2 debit|charge|pull|draft|take|withdraw|bill
stop|quit|no_more|cease ~1 taking|charging|pulling|debiting|withdrawing|drafting|deducting|billing|drawing|running|hitting ~6
dont|do_not|never|stop|not|no ~2 take|charge|pull|debit|withdraw|draft|deduct|run|hit|draw|bill|process|collect|use ~3 money|card|account|bank|payment|anything|checking|me|my|funds|it|debit|savings
stop|cancel|reverse|hold|void|halt|block|call_off ~2 payment|payments|transaction|charge|charges|debit|pago|check ~3 !plan
revoke|withdraw|rescind|cancel|reverse|take_back|revoking|withdrawing|pull ~3 authorization|authorisation|permission|consent|ach|auth|approval ~6 debit*|ach|payment*|bank|card|charge*|draft*|withdraw*|account|pay|take|autopay
revoke|withdraw|rescind|revoking|cancel ~2 ach|debit|payment|bank|card|autopay ~2 auth*|permission|consent|authorization|authorisation
revoke|withdraw|rescind|revoking|cancel ~1 my|the|all|any|your authorization|authorisation|auth
no_longer|dont|never|didnt|not|havent|nobody|wasnt|not_been|nor_did_i ~2 authori*|approve*|ok|give_permission|agree_to|consent_to|allow ~4 payment*|debit*|charge*|withdraw*|draft*|ach|transaction*|pull|money|amount|deduction*|that|autopay|card
unauthori* ~2 charge*|debit*|payment*|withdraw*|transaction*|draft*|ach
charge*|debit*|payment*|withdraw*|transaction|draft ~4 unauthori*|not_authori*|without_my|without_permission|without_asking|i_didnt_authorize|never_authorized|wasnt_authorized
you|yall|they|someone ~1 took|charged|pulled|debited|withdrew|drafted|hit|ran ~6 without|twice|unauthorized|didnt_authorize|not_authorized|wasnt_supposed|no_permission|never_authorized|didnt_agree
autopay|auto_payments|auto_draft|autodraft|recurring_payments|automatic_payments|auto_pay_off|recurring_payment|debit|debits|drafts ~2 off|needs_to_stop|must_stop|needs_to_end|has_to_stop|cancel|should_stop|stops_now|end|removed|stopped|canceled|cancelled|stop
take|want|get|need ~1 me ~1 off|out ~2 autopay|auto|automatic
turn|shut|switch|want|need ~3 autopay|auto|automatic ~3 off
no|want_no ~1 more|longer ~1 autopay|automatic|auto|drafts|debits|withdrawals|deductions
want|like|need ~2 to ~1 stop|cancel|end ~3 payment|payments|autopay|debit
dont ~1 want ~4 autopay|automatic|auto|debit|drafted|debited|withdraw*|taken_out|charged
keep|hands|stay out|off ~2 of ~1 my ~1 bank|account|checking
hands off ~2 account|bank|card|checking
called|told|asked|instruct* ~2 bank ~3 stop|block|deny|reject
stop_payment|stop_pay|stop_payments ~2 order|on|request|$
closed|closing ~2 account|bank ~6 dont|stop|cancel
changed|switched|new ~2 bank*|card* ~6 dont|stop|cancel ~3 pull|take|charge|debit|old
dont|stop|never|not ~2 pull*|tak*|charg*|debit* ~3 old|that|this account|card|bank
do_not|dont ~1 process|run|submit|post|deposit|cash ~2 payment|check|card|transaction|it
cancel*|deten*|paren|pare|parar|suspend*|quit*|anul*|elimin*|desactiv*|apag* ~3 pago_automatico|pagos_automaticos|debito*|cargo*|cobro*|autopago|domiciliacion|pago_recurrente|automatico|automaticos|retiros|autopay|pago|cobros
no|ya_no|dejen_de|deje_de|nunca|paren_de ~3 me|lo ~1 cobren|cobre|cobrar*|descuenten|descontar*|saquen|sacar*|retiren|debiten|carguen|cargar*|saque|tomen|toquen ~4
no|ya_no|nunca ~1 autoric*|autoriz*|di_permiso ~4 pago|cobro|debito*|cargo*|retiro*|cobros|pagos|descuento*|ese|nada
revoco|retiro|retirar ~2 autorizacion|permiso ~6 debit*|pago*|cobr*|cargo*|banco|cuenta
quiero cancelar ~3 pago*|debito*|cargo*|autopago
me cobraron|sacaron|descontaron|quitaron ~4 sin|dos_veces|no_autorice
`, unless: `
no problem|worries|prob|rush|doubt ~5
does|did|will|would|it|site|page|app|link|they|store ~1 not ~1 take|process|run|charge|use|accept|let ~4
prestamo|tarjeta|cuenta|credito ~1 nunca|jamas lo|la saque|abri|pedi
dont|never|cant|wont|not|no|please_dont|didnt ~1 stop|cancel|end|turn_off|kill|pause|cancelen|cancele|quiten|remove ~4
when|what|how_much|what_day|which|cuando|que_dia ~6 charge|debit|withdraw|draft|pull|taken|take|cobran
is|was|will|did|does|has|can|could ~4 payment|autopay|charge|debit ~4 <q>
can|could|may ~1 i|we ~6 stop|cancel ~8 if <q>
stop|cancel|end ~2 late_fee|late_fees|interest|fee
take|takes|took ~2 long|time|forever|care|checks|cards|a|my_word|up_to
dont|doesnt ~1 take ~2 long|checks|cards|cash
not ~1 take ~2 long
dont charge|charge ~3 phone|interest|fees|me_interest|me_fees|late|me_a_fee|a_fee
hold|stop payment ~2 plan
dont|not ~2 have|use ~3 card|account|bank|money|checking
dont ~1 run ~2 out|off
dont collect
not|never|dont ~2 draw|hit|use
stop|stopped|stopping ~1 making payments
my ~2 card ~2 stopped|cancelled|canceled|was
`}

// hardship is inability to pay (IN-HARD-01).
var hardship = family{label: Hardship, rule: "IN-HARD-01", fire: `
cut|cutting|reduced|slashed|cutted ~1 my|our|his|her hours|hrs|pay|shifts|salary|wages|benefits
cortaron|redujeron|bajaron|quitaron ~1 las|el|mis|mi horas|sueldo|turnos|salario
food ~3 church|pantry|donations|charity|bank
laid|let|layed ~2 me|him|her|us|everyone|everybody off|go
all i have ~1 $
all i got ~1 $
is ~1 all i have
lost|losing|lose ~1 my|the|his|her|our ~2 job|work|apartment|house|home|hours|income|insurance|business|benefits|position|car
lost ~1 job|hours|wages|income|clients
laid_off|layed_off|let_go|furlough*|unemploy*|jobless|out_of_work|no_job|between_jobs|fired|sacked|downsized|out_of_a_job|not_working|without_work|without_a_job|made_redundant|not_employed|layoff|layoffs|terminated
no ~1 job|work|income|paycheck|wages|hours|money|funds|savings|food
dont ~1 have ~2 job|income|money|work|funds|anything_left|extra|a_dime|a_cent|cash|it_right_now|enough|food
havent|not|no ~2 had ~2 paycheck|check|income|hours|work|shift|job
havent ~2 work*|had_work|been_paid|got_paid|income
cant|couldnt|unable|not_able|cannot|barely|can_barely|cant_even|hardly|struggl* ~2 afford|make_ends|make_rent|make_ends_meet|cover|keep_up|pay_my_rent|feed|buy|eat|survive|pay_bills|pay_rent|keep_lights|get_by|making_ends_meet
barely|hardly|just ~2 making|getting|scraping|surviving|keeping|hanging|eating|covers|cover ~3 ends|by|rent|it|on|bills|afloat|groceries
cant ~1 pay|afford ~3 right_now|now|anything|this|rn|at_all|bills|rent|at_the_moment|it|that|at_this_time|any_of_it|due|because|since|month
im|i_am|am|so|still|always|dead|stone|being|totally|really|pretty|kinda|were|too|super|me|i|just|and|completely broke !up|down|the|my|it|a|off
^ broke !up|down|the|my|it
flat_broke|penniless|dirt_poor|destitute|broke_af|busted
on|get|getting|receive|living|live|only|have|just ~3 ssi|ssdi|disability|social_security|food_stamps|snap|welfare|unemployment|ebt|wic|fixed_income|public_assistance|section_#|government_assistance|va_benefits|medicaid|pension|tanf|benefits
fixed|limited|low|little|reduced|zero income
fixed_income|ssi|ssdi|snap|food_stamps|ebt|food_bank|food_pantry|soup_kitchen
check ~1 reduced|docked|garnished
hours|pay|wages|salary|shifts|overtime ~2 cut|reduced|slashed|got_cut|docked|garnished
cut ~2 my|our ~1 hours|pay|shifts|wages
evict*|foreclos*|homeless|couch_surfing|living_in_my_car|sleeping_in_my_car|living_in_car|living_in_a_car|living_out_of_my_car|on_the_street|repossess*|repo|eviction
lights|power|water|gas|electric|electricity|heat|utilities|phone|internet ~4 shut_off|cut_off|turned_off|disconnected|shutoff|shut|off_tomorrow|disconnect
behind on ~4 rent|everything|bills|mortgage|utilities|car|all|my|every
single|solo mom|mother|dad|parent|father|mama|momma
struggling|struggle|drowning|hard_times|tough_times|rough_time|rough_patch|hardship|financial_trouble|financially|financial_difficult*|hard_time|tough_spot|going_under|rock_bottom|paycheck_to_paycheck|pay_check_to_pay_check|strapped|tapped_out|money_is_tight|tight_right_now|money_tight|things_are_tight|budget_is_tight|tight_month|tight_this_month
nothing|not_much|no_money|not_a_dime|zero|not_enough ~2 left|coming_in|to_spare|saved|in_my_account|in_the_bank|in_my_bank|to_live_on|after_rent|after_bills
all|thats ~2 i ~1 have|got ~1 left|$|to_my_name
medical|hospital|vet|funeral|car_repair ~1 bills|expenses|bill
feed ~2 kids|children|family|babies
kids|family|children ~2 to_feed|to_eat|eat_first|hungry|need_food|need_shoes|need_clothes|need_to_eat|first|come_first
groceries|diapers|formula|rent|medicine|insulin|food ~3 or|before|first|comes_first|instead
choose|choosing|choice|between ~3 rent|food|meds|groceries|medicine|eating|bills ~2 and|or
short|shorthanded ~1 this|on|of ~2 week|month|money|cash|rent|funds
business ~2 closed|shut|failed|went_under|folded|slow|bankrupt
my|our ~1 store|restaurant|shop ~2 closed|shut|failed|went_under|folded|slow|bankrupt
work ~2 slow|dried_up|is_slow|has_been_slow
child_support ~4 takes|taking|took|most|half
maxed|overdrawn|overdrafted|negative_balance|account_is_negative
divorce|separated|husband_left|wife_left ~8 money|bills|income|alone|broke|nothing|everything|kids
only|just ~1 bring|make|get|earn ~6 month|week
everything ~1 went ~1 up
cant|unable|not_able ~1 to? work
inflation|prices ~3 killing_me|killing_us|hurting|eating|crushing|cant|too_much|struggl*|no_money|got_me|squeez*
cant ~2 even ~2 gas|food|groceries|eat|rent
waiting ~2 on|for ~2 unemployment|disability|first_check|benefits
no ~1 puedo|podemos ~2 pagar* ~4 ahora|ahorita|por_ahora|nada|porque|este_mes|esto|todavia|en_este_momento|la_renta
no ~1 me ~1 alcanza|alcanzo|rinde
perdi|perdimos|perdio ~2 trabajo|empleo|chamba|casa|jale|negocio
desemplead*|sin_trabajo|sin_empleo|sin_chamba|sin_dinero|sin_ingresos|desempleo|desocupad*|sin_jale|sin_un_peso|sin_un_centavo|sin_lana|cesante
me ~1 despidieron|corrieron|descansaron|botaron|echaron
me ~1 quede_sin|quedamos_sin ~1 trabajo|empleo|dinero|nada|chamba|ingresos|casa|luz|un_centavo|un_peso
no ~1 tengo|hay|tenemos ~2 dinero|trabajo|plata|lana|ingresos|empleo|feria|chamba|como_pagar*|para_pagar*|para_la|para_comer|con_que|de_donde|ni_para
no ~1 tengo|tenemos nada !mas|de|que|pendiente|urgente|contra
madre|mama|papa soltera|soltero
apenas ~3 renta|comida|para_comer|sobrevivo|vivo|gano|alcanza|para_la|para_los
vivo ~2 de|con ~2 seguro|pension|ayuda|estampillas|desempleo|incapacidad
estampillas|cupones_de_alimentos|asistencia_publica
situacion ~2 dificil|economica|mala|apretada|complicada
estoy ~2 quebrad*|pobre|apretad*|atrasad*|en_la_calle|batallando|bien_jodid*|pasando_por
desaloj*|embargo_mi|me_van_a_sacar|me_cortaron|cortan_la_luz|corten_la_luz
no ~1 tengo|hay ~2 ni_para|para ~1 comer|comida|renta|gasolina|pagar*
me ~1 redujeron|bajaron|recortaron|cortaron ~2 horas|sueldo|salario
batallando|recortaron|apretados|crisis_economica
`, unless: `
hard_time|struggling|struggle|batallando|rough_time ~3 app|website|site|login|link|page|code|password|finding|hearing|reading|opening|loading|typing|pagina|aplicacion|enlace|liga|telefono|internet|codigo
no|dont_have ~1 work|job|school|hours ~1 today|tomorrow|on|monday|tuesday|wednesday|thursday|friday|saturday|sunday
no ~1 money ~1 order|orders|problem
getting|get|buying|grab|store|run|unloading ~2 groceries|food|diapers|medicine|formula
is|was|about|what|which|does|did|are ~4 hospital|medical|vet bill|bills|expenses <q>
get|getting ~1 paid ~4 week|month
gotta|let_me|gonna|about_to|time_to|go|then|after_i|when_i|once_i ~1 feed
cant|couldnt ~1 pay ~4 app|website|site|link|online|portal
it|that|this|which|date|day|time|link|monday|tuesday|wednesday|thursday|friday ~1 cant|unable|not_able ~1 to? work
get|getting|receive ~2 social_security|pension|benefits ~3 on_the|every|third|second|fourth|wednesday|friday
stop|stopping|run|running|going ~2 for ~1 diapers|milk|gas|groceries|food|coffee
hospital bill|bills ~1 was|is|were separate|paid|settled|covered
roomba|vacuum|tv|phone|fridge|dishwasher|main|printer|screen|laptop|heater|computer|zipper|charger|glasses broke|broken
orders|packages|deliveries|internet|website|mail ~3 slow
cant|couldnt|dont ~2 afford ~1 a? ~1 lawyer|attorney|miss
cant|couldnt ~2 afford ~1 to ~1 miss|lose|pass|skip|wait
broke|broken ~1 up|down|my_phone|it|into|the|my_screen|even
laid_off|layed_off ~1 the|of
got|found|have|started|starting|landed|getting|encontre|ya_tengo|consegui ~2 job|work|trabajo|empleo|hired
lost ~1 my|the ~2 login|password|phone|letter|link|card|keys|number|mail|email|paperwork|train|app|wallet|bill
hard|rough|tough|struggling ~2 to ~1 find|see|read|hear|understand|log|use|navigate|get_through|open|load
struggling ~2 with ~1 website|app|site|login|link
no ~1 problem|worries
no ~1 longer ~1 unemployed|broke|struggling
not ~1 broke|struggling|unemployed
got_fired ~1 up
short ~1 on|of ~1 time
behind ~1 on ~2 texts|messages|emails|mail|reading
work ~3 closed|paid
social_security|disability ~1 office|number|card|parking|#
fired|let_go up|of_it|me_a_message|off|of_the
let go ~1 of|and|with
shelter|homeless ~2 volunteer|donat*
in_the_zone|broke_even
work|job ~3 from_home
shut off ~2 alerts|texts|notifications
inflation|prices ~3 <q>
all_i_have ~1 to_do|is_a_question
no ~1 tengo ~2 problema|duda|preguntas
no|dont have|need|want ~2 job ~3 <q>
pension|snap|repo ~1 a|fitness|chat
oh snap
volunteer ~6
not_working|doesnt_work|isnt_working ~2
link|site|website|page|app|card|button|login|phone ~3 not_working
`}

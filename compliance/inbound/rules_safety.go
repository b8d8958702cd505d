package inbound

// selfHarm is any level of it, joking tone included where the words are not an
// idiom (IN-SELFHARM-01). It outranks everything, so it is wide.
var selfHarm = family{label: SelfHarm, rule: "IN-SELFHARM-01", certain: `
when|once|after|if|till|until|unless im|i_am ~1 dead|gone|buried|six_feet|in_the_ground|no_longer_here ~2
find|found|identify|bury|burying my ~1 body|corpse|me_dead|me_hanging|me_in_the_morning
swallow*|downing|popping|counting|lined_up|saving ~3 pills|pill|meds|xanax|oxy|tylenol|ambien
want|wish ~2 out ~1 of ~1 this? life|here_forever|my_misery
easier|simpler|better|nicer ~3 if ~2 i ~2 dead|gone|died|disappeared|wasnt_here|not_here|didnt_exist|never_born
id|i|will|might|gonna|going_to ~2 do_something|do_it ~3 to_myself|i_cant_take_back
end|ending ~1 my own? life|suffering|pain
cant|dont ~2 see ~3 way|reason|point|future ~4 live|living|going_on|out_of_this_life|for_me
hurt|harm|kill|cut|hang|shoot myself ~1 !at|on
goodbye ~1 letter|note|message ~2 to|for|written|wrote|kids|family|ready
final|last ~1 words ~2
final|last ~1 letter|note|message ~2 written|wrote|kids|family|my_wife|my_mom|my_husband|my_son|my_daughter
i ~2 wont ~1 see ~2 tomorrow|christmas|morning|next_year|another_day|my_next_birthday
dont|not|never ~2 deserve ~2 to? live|be_alive|life
tell ~3 kids|mom|family|wife|husband|daughter|son ~3 i ~1 love|loved|sorry ~3 when|goodbye|them|her|him
`, fire: `
kill|killing|hang|hanging|shoot|shooting|drown|drowning|cut|cutting|hurt|hurting|harm|harming|off|end|unalive|unaliving|stab|poison|cutting_on|slit|burn|starve|overdose|murder|od ~1 myself|my_self|meself|mself
kill ~1 my ~1 self
killmyself|kms|kys|unalive|suicide|suicidal|sucide|suicidio|suicidarme|suicidar|suiside|sewerslide|suicda*|selfharm
self harm|harming|harmed|injury
end|ending|take|taking|took ~1 my|own|this ~2 life|misery|suffering|existence
end|ending ~1 it ~1 all|tonight|now|today|soon|myself|here|for_good|$
going_to|gonna|want_to|rather|ready_to|about_to|thinking_about|thinking_of|might|ill|should|decided_to|plan_to|might_as_well|feel_like|just ~2 end|ending ~1 it|everything|things|my_life|myself
dont|cant|no|not|never|nothing|without|little ~4 want|wanna|desire|reason|reasons|point|will|left|worth ~4 live|living|alive|exist|wake_up|be_here|go_on|be_alive|existing|keep_going|carry_on|to_live_for|do_this_anymore
want|wanna|wish|going|ready|like|rather|hope|praying|trying|need|deserve|prefer|planning|about|try|tried|decided|plan|better ~3 die|dead|disappear|be_gone|not_exist|stop_existing|be_dead|never_wake|not_wake|was_dead|were_dead|were_never_born|not_be_here|not_be_alive|cease_to_exist|sleep_forever|go_to_sleep_and_never|not_here|wasnt_alive|was_never_born|wasnt_here|never_born
better|best ~2 off ~3 dead|without_me|if_i|gone|not_here
world|family|everyone|everybody|kids|they|wife|husband|people|you_all ~5 better|happier|easier ~2 without ~1 me
without me ~2 around|here|in_it
no|any|see_no|dont_see_a|whats_the|what_is_the|the|dont_see_the|aint_no ~1 point ~3 live|living|life|anymore|going_on|being_here|alive|going|existing|trying_anymore|in_it
no|nothing ~1 reason|left ~2 to|for ~2 live|go_on|keep|be_here
nothing ~1 left ~1 to|for ~1 live|me
nothing ~1 matters|to_live_for|worth_living
life ~3 not|isnt|aint|no ~2 worth|living|point
not|isnt|aint ~1 worth ~1 living|it_anymore|being_alive|going_on
tired|sick|done|over|exhausted|finished ~2 of|with ~2 living|life|being_alive|existing|being_here|this_life|everything_and|it_all|the_fight|fighting|breathing
cant|cannot|dont_want_to|dont_know_how_to|couldnt|not_going_to|dont_think_i_can|wont ~3 go_on|carry_on|keep_going|live_like_this|live_anymore|take_it_anymore|take_this_anymore|do_this_anymore|do_it_anymore|cope|bear_it|face_another|live_with_this|keep_living|hold_on|survive_this|keep_doing_this|live_this_way|take_anymore|take_much_more|deal_with_life|deal_anymore|make_it_another|handle_life
dont ~1 want ~1 to ~1 be ~1 here|alive|around|on_this_earth|on_this_planet|in_this_world ~1
jump|jumping|jumped|step|walk|drive|driving|swerve|throw_myself|fall|run|crash|leap ~3 off|in_front_of|into|from|out ~3 bridge|roof|building|cliff|traffic|train|window|balcony|tree|ledge|overpass|highway|wall|river|parking_garage|lake|bus|truck|tracks
bridge|ledge|rooftop|cliff|train_tracks ~6 jump|thinking|tonight|standing|looking|goodbye|end
guess|maybe|might|should|just|ill|go ~2 jump ~1 then|off|$
took|taking|swallowed|take|have|take_all|bottle|downed|popped|eat ~4 pills|pill|sleeping_pills|tylenol_bottle|whole_bottle|bottle_of|overdose|xanax|meds_at_once
pills ~4 end|enough|ready|bottle|bleach|goodbye|counted
gun|pistol|rope|noose|razor|razors|blade|knife|bullet|trigger|shotgun|bleach ~6 head|mouth|loaded|ready|myself|end|wrists|tonight|pull|my|neck|temple|waiting|answer|solve|handy|with_my
loaded|have|got|get|bought|holding|put ~3 gun|rope|noose|shotgun|pistol|blade
bullet ~3 head|brain|me|mouth
slit|cut|cutting|slash ~2 wrist|wrists|veins|throat|arms
overdose|overdosing|od_on|od_tonight
goodbye ~2 world|forever|cruel|everyone|note|letter|all
final|last|farewell goodbye|note|goodbyes|words
see ~1 you|yall|u ~1 on|in ~1 the|other ~1 side|heaven|hell|afterlife|next_life
other_side ~2 soon|peace
wont|not|never ~2 be ~1 here|around|alive ~4 much_longer|tomorrow|long|morning|to_pay|next|after|anymore|by_then|when|for_christmas
wont|never|not ~2 wake ~1 up ~2 tomorrow|again|anymore
insurance ~5 when_im_gone|if_i_die|when_i_die|im_gone|im_dead|worth_more|worth_more_dead|after_i|once_im|my_death|policy_pays|dead|if_im_gone
life_insurance ~8 pay|pays|cover|dead|gone|collect|you|debt|handle|settle|worth|policy
worth ~1 more ~2 dead
more dead than|$
collect ~4 when_im_dead|from_my_corpse|from_my_grave|my_ashes|off_my_estate
make|want|wish|need ~3 pain|hurting|suffering|everything|it_all ~2 stop|end|go_away|over|all_stop
want|wish|just|need ~3 all ~2 stop|over|end|to_stop|to_end
want|need|wish ~2 it|everything|this ~2 to_be_over|to_end|over ~1 $
cant ~2 live ~2 like_this|anymore|this_way|with
hopeless|no_hope|lost_all_hope|no_way_out|no_other_way|only_way_out|only_way_to|no_escape|worthless|burden|give_up_on_life|given_up_on_life|given_up_on_everything|ending_things|no_will_to|cry_for_help|nobody_would_miss|no_one_would_miss|no_future|darkest|suicide_hotline|crisis_line
nobody|no ~3 miss|notice|care ~4 gone|died|dead|disappear*|if_i|me|killed
if_i|when_i|once_i ~2 die|died|dead|gone|killed ~5 debt|nobody|no_one|you|would|happy|care|miss|happier|collect|get_your
giving|given|give up ~1 on ~1 life|everything|living|myself|it_all
rather|sooner ~2 die|be_dead|kill_myself ~1 !than_pay|than_give
planned|planning|plan|have_a_plan|attempt*|attempted|tried ~4 suicide|kill_myself|end_my|hurt_myself|take_my_life|die
suicide|crisis|help ~1 hotline|lifeline
lifeline|988 $
988 ~1 hotline|line|lifeline|number
call|text|called|texted|dial|dialed ~1 988
hurt|harm ~2 my_family|my_kids|someone
driving ~2 off|into ~2 bridge|cliff|tree|wall
think*|thought|thinking|thoughts ~3 dying|killing_myself|ending|suicide|death|driving_off|hurting|jumping|not_being_here|ending_it|being_dead|going_to_sleep
dark ~1 thoughts|place
die ~1 tonight|today|alone|now|already|soon|in_my_sleep
let ~1 me die
want|wanna ~1 to? ~1 die
im|i_am ~1 as_good_as_dead|gonna_die_tonight|better_off_dead|going_to_die_tonight|done_with_life|done_living|finished_with_life|ready_to_go_to_god|ready_to_go_home_to_god|ready_to_die|not_going_to_make_it|going_to_disappear_forever
sleep ~2 forever|never_wake|not_wake|and_not_wake
close_my_eyes_and_never|never_wake_up|not_wake_up
me quiero matar|morir|suicidar|desaparecer
quiero|quisiera|prefiero|deseo|deseando|voy|ganas|pienso|pensando|mejor|me_dan|pense|intente|trate|a_punto ~2 a? ~1 matarme|morir|morirme|suicid*|quitarme|acabar_con_mi|desaparecer|quitarme_la_vida|ahorcarme|tirarme|dormir_y_no|aventarme|colgarme|cortarme|pegarme_un_tiro|estar_muert*|estar_mejor_muert*|cortarme_las_venas|acabar_con_todo|terminar_con_todo|aventar
me ~2 voy_a ~1 matar|suicidar|quitar_la_vida|ahorcar|colgar|tirar|aventar|morir_esta|desaparecer|cortar
matarme|suicidarme|quitarme_la_vida|ahorcarme|colgarme
ya|no|sin ~2 quiero|ganas|aguanto|deseo|razon|puedo|vale ~3 vivir|seguir_viviendo|mas_con_esta_vida|existir|estar_aqui|estar_viv*|seguir_asi|la_vida|de_vivir|seguir_adelante|con_esto|seguir|despertar ~1
no ~1 vale ~1 la_pena ~1 vivir|seguir
no|sin|ninguna ~1 tiene|hay|tengo ~2 sentido|razon|motivo|caso ~2 vivir|seguir|mi_vida|la_vida|viviendo|nada
la_vida|mi_vida|vivir ~2 no ~2 sentido|vale|sirve|importa
estaria|estarian|estaran|estarian|seria ~2 mejor ~1 muert*|sin_mi|si_no_existiera|si_me_muero
mejor|mas ~1 muert*
me ~2 quiero|gustaria|quisiera morir*|matar*
acabar|terminar ~2 con ~2 mi_vida|todo|mi_existencia|mi_sufrimiento
seguro_de_vida ~6
tome ~2 pastillas|muchas_pastillas|veneno
hacerme_dano|lastimarme|cortarme
adios mundo|para_siempre|a_todos
nadie ~3 extrana*|importo
`, unless: `
phone|battery|cell|laptop|ipad|tablet|computer|charger is|about_to|gonna|going_to|will|wont|doesnt|might|is_about_to|is_going_to|is_gonna|almost ~1 die|dead|dying
all_over the|my|again|town|place|here|it
app|site|website|link|wifi|phone|team|season|printer ~3 hopeless|worthless
step|stepped|stepping|get|getting|got|hop|hopping|jump|jumped|jumping|walk|walking ~1 off ~2 bus|train|truck
got|have|get|bought|put ~3 glue|nail|heat|staple|squirt|water|tattoo|jump gun|rope
make_it ~2 by|to|there|in_time|on_time|before|until|home
wont|not|never ~2 be ~1 here|around ~12 vacation|out_of_town|trip|traveling|travelling|cruise|camping|visiting|back_on|back_monday
pagar|pago|pagando|cuota|vendo ~2 seguro_de_vida
seguir ~1 pagando|esperando|con_el|con_ese|recibiendo
kill|kills|killing|killed|murder|kms ~1 me|my|the|us|this|it|time|two|for|your|autopay|deal|vibe ~3
killing ~1 it|time|me
kill the|that|this|my ~3 autopay|account|deal|draft|debit|payment|link|lights|engine|plan|recurring|auto
killing|kills|killed|kill me ~3
die|dying|died|dead ~1 laughing|of_laughter|for_a|to_know|to|from_laughter|lol|hard|haha|down|of_boredom|rn_lol|inside_lol|battery|for
id ~1 die ~2 for
dying ~2 to|for|of_laughter|laughing|over_here|phone|battery
bite ~1 the bullet
bullet ~1 points|point|train|proof|list
shoot|shooting ~1 me|us|for|over|you|it|him ~2 a|an|email|text|message|over|the|link|details|your
shoot ~1 for
jump|jumping|jumped ~1 on|in|through|at|to|the_gun|over|around|rope|from_#|up|all_over ~1 !front
jump ~1 in ~1 front_of ~1 line
the|gun ~1 gun ~2 show
hang|hanging ~1 up|on|out|in_there|tight|around|with
cut|cutting ~1 my_losses|me_off|me_a|me_some|it|down|back|off|my_hours|out|myself_some|myself_off|myself_a|myself_short
hurt|hurting|harm ~2 my ~1 credit|score|budget|wallet|feelings
kick|kicking ~1 myself
beat|beating|pinch|kill ~1 myself ~2 up|for|over
hurt myself ~2 at|on|working|lifting|playing|falling|gym|moving|badly
end|ends|ending|end_it ~2 of|on|in|date|deal|call|plan|with|the|this_plan|year
end ~1 it ~1 the_plan|autopay|already_and_pay
end|ending ~1 it ~1 with|the ~2 payment|plan|autopay|account|debt
over ~1 my ~1 dead ~1 body
pay|paying|spread|split|stretch ~1 it|this|that|everything|all ~2 over ~1 time|months|weeks|year
drop ~1 dead
dead ~1 line|serious|phone|tired|broke|set|wrong|on_my_feet
deadline
point ~2 in|of ~2 paying|calling|asking|arguing|having|settling|talking|this_plan|waiting
no|whats_the ~1 point ~3 pay|paying|arguing|calling|settling|account|plan
done|tired|sick|over ~2 with|of ~2 dealing|this_debt|debt|bills|paying|texts|this_bill|this_account|calls
give|giving|given up ~1 on ~1 the_app|website|cable|coffee|my_car
cant|dont ~2 take ~2 it|this ~2 off|out|to
take ~1 it ~1 out|off
live ~2 in|at|with|on|off|paycheck|near|like_a_king
burden ~2 of_proof|off_my
life ~1 insurance ~3 premium|salesman|agent|job|company|sell|work|bill|license
die ~1 of ~1 embarrassment|laughter|boredom|shame|hunger|thirst|heat|old_age
i ~1 sell ~1 life_insurance
swear|hope_to|cross_my_heart ~3 die
live ~1 or ~1 die
me ~1 muero|mori|morir|mato|matas|mata ~1 de ~1 risa|hambre|sueno|ganas|calor|frio|la_risa|verguenza|pena|cansancio
me ~1 mata|matan|estan_matando|esta_matando ~4
matando ~1 el|al tiempo
rather ~1 die ~1 than ~1 pay
knife|gun|rope ~3 shop|store|show|range|club|safe|sale
gun ~1 to ~1 my ~1 head
other_side ~2 of
thought|thinking ~1 about ~1 ending ~2 plan|payment|autopay|the
better ~1 off ~2 with|paying|taking
driving ~3 home|work|into_work|to|into_town|into_the_city|in
no_way_out_of_this_contract
overdose ~2 on_coffee
suicide ~1 squad
pay|paid|done|settle|debt|finish|get ~3 over_with
want|wanna|like|need|just ~3 it|this|debt|account|all ~1 to? be? ~1 over_with|done|paid|gone|settled|behind_me
hope ~1 for
`}

// legalThreat is a threat to sue or a claim that the law was broken (IN-LEGAL-01).
var legalThreat = family{label: LegalThreat, rule: "IN-LEGAL-01", fire: `
nos|los|te ~1 veremos|vemos|veo|espero ~3 juez|corte|tribunal|tribunales|juzgado
sue|suing|sued ~2 you|your|yall|u|this_company|them|harbor|if|next|for|all|the_hell|over|somebody|someone|everyone|$
ill|i_will|im|i|we|gonna|going_to|will|i_can|could|about_to|ready_to|well|might|next|want_to|id|let_me|my_lawyer|attorney ~3 sue|suing|file_suit|lawsuit|file_a_lawsuit|litigate|take_you_to_court|take_legal_action|press_charges|file_a_suit|countersue|counter_sue|subpoena|legal_action|file_charges|seek_damages|take_this_to_court|drag_you
see ~1 you|u|yall|them ~1 in|at court|small_claims|front_of_a_judge|the_courtroom|courthouse|the_court
court ~1 it_is|then|here_we_come|date_for_you
take|taking|dragging|bringing|drag|hauling|haul|bring ~2 you|yall|this|u|them ~1 all? ~1 to ~1 court|small_claims|a_judge|the_judge|trial|my_lawyer
you|yall|u|youll ~2 be_served|get_served|served|be_sued|get_sued|getting_sued|gonna_be_sued|being_sued|will_be_sued ~6
hear|hearing|expect|expecting ~2 from ~3 court|courts|lawyer|attorney|judge|legal|attorneys|lawyers
expect ~2 lawsuit|demand_letter|papers|summons|legal|suit|a_letter_from|to_be_served|a_process_server|subpoena
lawsuit|lawsuits|litigation|legal_action|class_action|small_claims|demand_letter|cease_and_desist_or|counterclaim|countersuit|statutory_damages|punitive|damages|legal_proceedings|legal_recourse|suit_against|a_suit|injunction|process_server
violat*|illegal|unlawful|against_the_law|breaking_the_law|broke_the_law|breach|violacion|violando ~6 fdcpa|tcpa|reg_f|regulation_f|fcra|law|laws|rights|federal|act|harass*|fair_debt|1692|hipaa|rule|statute|code|texting|calling|contact|what_you|stay
fdcpa|tcpa|fcra|reg_f|regulation_f|rosenthal|fair_debt|1692|udaap|telephone_consumer|hipaa|1006 ~8 violat*|damages|sue|rights|case|lawyer|$|suit|per|claim|each|illegal|know|owe|text|says|under|break*|broke|court|breach
under|per|breaking|broke|against|know ~2 the ~1 fdcpa|tcpa|fcra|reg_f|rosenthal|fair_debt
fdcpa|tcpa|fcra ~1 violation|violations|claim|case|lawsuit|suit
this|that|its|what_you|you|texting|calling|thats|youre|doing ~5 illegal|unlawful|against_the_law|a_crime|violation|breaking_the_law|a_felony|a_violation
know|knows|know_all ~1 my rights
rights ~2 violat*|consumer
pay|owe|$500|$1500|1500|500|$1000 ~5 per|each|every ~1 text|call|violation|message
documenting|recording|logging|saving|screenshot*|keeping ~5 court|lawyer|attorney|lawsuit|evidence|judge|case|legal|proof_for
evidence ~3 court|lawsuit|lawyer|judge|case
my ~1 lawyer|attorney ~3 sue|suing|going_to_love|will_be|would_love|contact_you|in_touch|hear|loves
lawyer|attorney ~4 sue|suing|lawsuit|love_this
judge ~3 hear|see|decide|love|you|will|let
let ~2 judge|court|courts ~2 decide|handle|sort
press|pressing|file|filing|filed ~2 charges|suit|lawsuit|claim|a_case|motion|police_report ~3 against|on|with|if|you
get|getting|talking|calling|contacting ~3 lawyer|attorney ~3 involved|after_you|on_you|about_this|about_you|for_harassment
you|yall ~2 owe|will_owe|gonna_owe ~2 me ~4
prepare|better ~3 lawyer|court|sued
lawyer ~2 up|your_lawyers
demandar|demandare|demandarlos|demando|demandaremos|demanda_colectiva|demandarles|demandarte
los|les|te|lo|voy|vamos ~3 demand*
voy|vamos|pondre|poner|meter|metere|interponer|presentar|levantar ~3 demanda|denuncia_legal|accion_legal|acciones_legales|cargos|juicio
demanda ~3 contra|legal|les|por_acoso
nos ~1 vemos ~2 corte|tribunal|tribunales|juzgado|juicio
llevar* ~3 corte|tribunal|juez|juicio
accion|acciones legal|legales
esto|es|eso ~2 ilegal|contra_la_ley|un_delito|contra_mis_derechos
conozco|se|mis|cuales ~2 mis|son? ~1 derechos
violan*|violaron|violacion ~4 ley|derechos|leyes
mi|mis|el ~1 abogado|abogados ~4 demand*
`, unless: `
need|wear|buy|buying|rent|pick_up|new ~2 a_suit
me|nos va|van|pueden|puede ~1 demandar|demandan|embargar
voy|van a? que me demanden
are|will|can|could|would|do|going|is|did|does|when|if|what|am|gonna|how|if_you|must|before|should|dont|you_gonna|afraid|scared|please_dont|van|me_van|me_pueden|pueden|estan|worried ~5 sue|suing|sued|lawsuit|court|jail|legal_action|garnish|demandar|demandarme|a_demandar ~2 me|us|<q>
me|us|against_me ~3 sued|lawsuit
you|u|yall|they ~3 sue|suing|taking ~1 me|us
sue ~1 me|us
sue ~2 is ~1 my ~1 name
name ~2 sue
im|this_is|hi|its|thanks|hey|aunt sue
ball ~4 court
court ~3 ticket|jury|reporter|food|tennis|basketball|fees|custody|house_for_jury|date_for_my
jury duty
in|that|any|my|this|just_in|best|worst|phone|either ~1 case ~2
case ~1 worker|of|number|manager
know|what_are|want_to_know|explain|tell_me ~3 my ~1 rights ~1 <q>
not|never|dont|wont|didnt|no|isnt ~4 sue|suing|lawsuit|illegal|court|threat*|legal_action
is|isnt ~1 this|it|that ~3 illegal|legal|against_the_law|allowed <q>
won|settlement|waiting|money|got|payout|from ~4 lawsuit|class_action|small_claims ~4
lawsuit|accident|injury|class_action ~3 settlement|money|check|payout|pays
injury|accident ~1 lawsuit|case|claim
works|work|job ~4 court|law|courthouse
damages ~3 car|storm|hail|roof
`}

// complaint is a complaint or a threat of one, harassment included (IN-COMPLAINT-01).
var complaint = family{label: RegulatorComplaint, rule: "IN-COMPLAINT-01", fire: `
^^ reported $$
^^ reporting you $$
report|reporting|reported|complain|complaining|complained|complaint|complaints|turn_you_in|notify|notifying|contacting|calling|alerting|file|filing|filed|submit|submitting|tell|telling|contact|call|write|writing|go|going|sent|send|forwarding|hear|take_this|cc|letting|escalating|lodg* ~6 @agency|ag
@agency|ag ~5 complaint|report*|hear|hearing|know|complain*|will|file*|going_to|is_getting|gets|contact*|about_you|about_this|case|notified|next|love|involved|after_you|on_you|investigat*|number_is|has
@agency|ag|ags ~3 love|interested|enjoy|letter|office|hotline|investigat*
youll|you|yall ~2 be ~1 reported
report|reporting|reported ~2 you|u|yall|this|your|them|ya|harassment|company|this_number ~3
im|ill|gonna|going_to|will|i|be|about_to|already|have|has_been ~2 report|reporting|reported|complain|complaining ~1 !for|to_work|card_lost
file|filing|filed|lodge|lodging|submit|submitting|make|making|log|put_in|register|open|start|document*|documented|formal|official|want_to_make|place|issue|have|written|sending|going|wrote|this_is_a|record ~4 complaint|complaints|grievance
complaint ~3 against|about|going|to|with|filed|today|department|number|form|process|on|is|coming
who|where|how ~4 complain|report_you|file_a_complaint|complaint|report_this
bbb|cfpb ~3
going|go|gonna ~2 to ~2 cfpb|bbb|ftc|ag|news|media|press|attorney_general|authorities|regulator*|government|state
or ~2 cfpb|bbb|ftc|attorney_general
this|its|thats|it|you|youre|is|are|constitutes|clear|pure|called ~4 harassment|harrassment|harassing|harrasment|harassing_me|abusive|harassed|harassement
harassment|harrassment|harassed|harassing|harrasing ~4
being|feel|im|been|getting ~1 harassed
stop|quit ~1 harassing|harrassing
unprofessional|rude|abusive ~4 report|complain*|supervisor|complaint|your
one_star|1_star|bad_review|negative_review|yelp|google_review|leave_a_review|reviews|going_viral|social_media|put_you_on_blast|expose
news|media|press|channel|reporter|journalist|newspaper ~4 about_you|hear|story|contact*|calling|know|tell|going
senator|congressman|congresswoman|representative_in_congress|congressperson|lawmaker ~5
attorney ~1 general ~4
queja|quejas|quejarme|quejare|denuncia|denunciar|denunciarlos|denunciare|reportar|reportarlos|reporto|reportare|reportando|denuncio|quejo
acoso|acosando|acosan|hostigamiento|hostigando|hostigan|acosar|acosandome
poner|pondre|presentar|levantar|meter|hacer|interponer ~3 queja|denuncia|reporte
`, unless: `
good|great|bad|any|big|some|watching|on_the ~1 news
a|the|my|this|expense|book|lab|progress report|reports
attorney_general plates|office|job|check|holiday
no|any|zero|without|never|nothing|not|isnt|cant|dont|ninguna|sin ~2 complain|complaint|complaints|complaining|harass*|harassment|queja|quejas|acoso|reporting|complains
credit ~1 report|reporting|bureau|bureaus|score
report|reporting|reports ~4 credit|bureau|bureaus|equifax|experian|transunion|for_duty|for_jury|jury|to_work|card|lost|monday|good|income
doctors|doctor|medical|police|weather|annual|school|bug|expense|my|accident ~1 report|reports
reporting for
is|are|does|do|did|has|what|can|will|was ~5 cfpb|ftc|bbb|attorney_general|report|government <q>
work|works|job|employed|intern ~5 attorney_general|cfpb|ftc|government|ag|state_board|senator|congressman
cfpb|ftc|bbb|website|letter|pamphlet ~3 says|website|link|said|site|rating|page|brochure
government ~1 job|employee|shutdown|check|benefits|assistance|contractor|worker|work|pension
report ~1 back|in|to ~1 work|my
reportar|reporto ~3 pago|ingresos|tarjeta
reporte ~2 credito|crediticio
social_media ~1 job|manager|marketing
expose ~1 my
reviews ~3 good|great
`}

// military is active service (IN-MIL-01; 50 USC 3901).
var military = family{label: Military, rule: "IN-MIL-01", fire: `
deploy|deployed|deploying|deployment|deploys|redeployed|predeployment
active|on|activated|currently ~1 duty ~1 !free|jury
active_duty|active_military|active_service|activeduty|actively_serving|serving_overseas|on_orders|tdy|pcs|pcsing|scra|mobiliz*|boot_camp|bootcamp|basic_training|usmc|usaf|uscg|rotc|stationed|enlisted|enlist|enlisting|jag|barracks|downrange|reservist|servicemember*|service_member|service_members|servicewoman|serviceman|national_guard|air_national|army_reserve|navy_reserve|usnr|drill_weekend|commanding_officer|my_co|my_cmd|first_sergeant|platoon|battalion|squadron|commander|in_the_service|guardsman|mos_school|advanced_training|infantry|uss|afghanistan|iraq|kuwait|okinawa|ramstein|fort_bragg|fort_hood|fort_*|camp_pendleton|camp_lejeune|afb|naval_base|air_base|orders_to|military_orders|deployed_soldier|servicemembers_civil|sailor|airman|specialist_in_the_army
im|i|hes|shes|he|she|husband|wife|son|daughter|currently|serving|serve|joined|joining|am|was_called|ship|shipping|leaving|leave|got ~3 in|with|for|up_to|off_to|out_to|to ~1 the? ~1 army|navy|marines|marine|air_force|coast_guard|military|armed_forces|national_guard|space_force|reserves|service|guard|army_reserve|marine_corps|reserve
i|we|im|hes|husband|wife ~3 serving|soldier|marine|airman|sailor|seaman|private|corporal|sergeant|lieutenant|navy|army|troop
called ~2 up|to_active ~3 reserve|guard|duty|army|orders|unit|last|again|for
orders ~2 came_through|came_down|to|for|report|overseas
reserve|reserves|guard ~1 duty|unit|orders|drill|activation
on|at ~1 base ~3 overseas|cant|no|stationed|until|phone
at ~1 sea|war|war_zone
submarine|aircraft_carrier|destroyer|underway|combat_zone|forward_base|garrison|field_exercise|drill_sergeant|cadet|air_base|airborne|paratrooper|ranger_school|green_beret|navy_seal
overseas ~4 military|army|navy|orders|unit|serving|duty|base|until|till|deployment
in|on ~1 uniform
ejercito|marina|fuerza_aerea|guardia_nacional|militar|servicio_activo|desplegad*|fuerzas_armadas|infante|marines|despliegue|infanteria|base_militar|reservista|soldado
activo|activa ~2 militar|ejercito|marina|servicio
`, unless: `
serving ~2 dinner|tables|food|lunch|drinks|people|customers|breakfast|jury
can|want|keep|stay|is|make ~3 private
veteran|vet|discharged|retired|former|ex_military|used_to|was_in|got_out|prior_service|veterano|retirado|served_in|separated_from ~8
old|in|navy ~1 navy ~2 card|store|federal|clothes|bill
old navy
navy ~1 federal|blue|card|fcu|credit_union
navy_federal
army ~1 surplus|lol|of|knife|ants
like|run ~2 an ~1 army
salvation army
civilian|contractor ~4
work|works|job ~2 on|at|as ~2 base|civilian
active ~1 payment|account|plan|customer|on_my
security|crossing|life|prison|coast|armored|school|mall|front ~1 guard ~2 !deployed
guard ~1 dog|job|rail|shack|against|company
my ~1 grandfather|dad|father|grandpa|uncle|grandson|nephew ~2 was|served|in
marine ~1 biologist|biology|supply|mechanic|layer
orders ~2 food|doordash|online|pizza|from|uber|slow|at_my|on_amazon|down
commander ~1 in_chief
military ~1 discount|time|school|grade
fort_worth|fort_lauderdale|fort_collins|fort_wayne|fort_myers|fort_smith
private ~1 message|number|loan|matter|school|practice|seller|student
deploy|deployed|deployment ~3 software|code|app|server|website|airbag|build|release
airbag*
major|general|private|sergeant ~1 in
do|does|is|are|have ~3 military|veteran ~4 <q>
not|no|never|aint ~4 military|deployed|active|army|navy|soldier
sailor ~1 moon
`}

// recording objects to being recorded or transcribed (IN-REC-01).
var recording = family{label: RecordingObjection, rule: "IN-REC-01", fire: `
are|is|this|call ~3 recording|recorded|taping|taped <q> ~~ then_no|no|stop|dont|not_ok
dont|never|not|no|stop|quit|cant|refuse|object|objecting|decline|without|didnt|do_not|wont|deny|turn_off|shut_off|end|pause|against|disagree|cease|delete|erase|destroy|remove|kill|uncomfortable|cut|opt_out|dislike|disable|wipe|discard|permission|revoke ~6 record|recording|recorded|recordings|taping|tape|taped|transcri*|recroding|note_taker|notetaker|monitored|record_me|transcript|transcripts|wiretap*|wiretapping|listening_in|recoding|audio
record|recording|recorded|taping|tape|taped|transcri*|recordings ~5 no|not|dont|off|stop|illegal|without|object|refuse|delete|consent|allowed|permission|never|against|hang_up|unacceptable|not_ok|erased|deleted|ends
are|is|am|were ~3 recording|recorded|taping|taped ~3 <q> ~2 then|no|stop|not|dont|i|if
if ~4 record* ~5 hang|hanging|no|done|stop|not|call|over|leave|end
two|all|2|both ~1 party ~2 consent|state
one_party|two_party|all_party|dual_consent
dont|do_not|no|never|didnt|not ~1 consent ~1 to ~4 record*|being|tap*|this_call|transcri*
no|not ~1 ai ~3 note*|transcri*|listening|record*|assistant_on
wiretap*
off ~1 the ~1 record
no|nunca|sin|dejen|deje|paren|pare|apaguen|apague|borren|borre|niego|alto|opongo|elimin*|quiten ~5 grab*|grabacion|grabando|grabar|graben|grabaciones|transcri*
grab* ~4 no|sin|prohib*|borr*|consentimiento|ilegal
`, unless: `
sure|fine|ok|okay|yes|go_ahead|si|claro|you_can|puede|pueden|no_problem|dont_mind|no_objection|i_dont_care|feel_free ~4 record*|tape|taping|grab*
record*|tape|taping|grab* ~3 fine|ok|okay|all_you_want|no_problem|i_dont_mind|i_dont_care|whatever|away
im|i|also|we|recording|me ~2 recording|record ~2 this|you|it|too|the|as_well
dont|no|not ~1 mind|objection|problem|care|worry ~3 record*|tape
my|for|have|your|broken|clean|off_my|criminal|driving|medical|track|public|good|a|credit|check|keep|the|no|any|on ~1 record|records
record|records ~2 of|show|shows|clean|says|say|is_clean|player|high|low|time|label|otherwise|date|for
for ~1 the ~1 record
tape|audio ~2 measure|deck|it_up|shop|book
red|duct|scotch ~1 tape
no ~1 tengo|hay ~2 record
recording ~1 artist|studio|session
listen*|hear|heard|copy|send|get|request|want|play ~4 recording|recordings|transcript
no ~1 quede|quedo ~2 grab*
`}

// What stands above the classes of ImageNet in WordNet, as an outline: data, written by reference/wordnet/make.py.
//
// A line is a synset (its id is `n` and the offset in data.noun) with its first word, or the numbers of the classes that
// stand directly below the synset above them. The words are WordNet's, and its licence wants to be in all copies: bundlers
// keep a comment that begins with an exclamation mark.

/*!
This software and database is being provided to you, the LICENSEE, by
Princeton University under the following license.  By obtaining, using
and/or copying this software and database, you agree that you have
read, understood, and will comply with these terms and conditions.:

Permission to use, copy, modify and distribute this software and
database and its documentation for any purpose and without fee or
royalty is hereby granted, provided that you agree to comply with
the following copyright notice and statements, including the disclaimer,
and that the same appear on ALL copies of the software, database and
documentation, including modifications that you make for internal
use or for distribution.

WordNet 3.0 Copyright 2006 by Princeton University.  All rights reserved.

THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
OTHER RIGHTS.

The name of Princeton University or Princeton may not be used in
advertising or publicity pertaining to distribution of the software
and/or database.  Title to copyright in this software, database and
any associated documentation shall at all times remain with
Princeton University and LICENSEE agrees to preserve same.
*/

export const wordnetOutline = `
n00001740 entity
 n00001930 physical_entity
  n00002684 object
   n00003553 whole
    n00004258 living_thing
     n00004475 organism
      n00007846 person
       n09613191 contestant
        n09820263 athlete
         981
       n09626238 peer
        n09816771 associate
         n10401829 participant
          982
       n10072708 explorer
        n10019552 diver
         983
      n00015388 animal
       n01466257 chordate
        n01471682 vertebrate
         n01473806 aquatic_vertebrate
          n02512053 fish
           n01480516 cartilaginous_fish
            n01482071 elasmobranch
             n01482330 shark
              4
              n01483522 mackerel_shark
               2
              n01488918 requiem_shark
               3
             n01495701 ray
              5 6
           n02512938 food_fish
            389
           n02514825 bony_fish
            n02528163 teleost_fish
             n01428580 soft-finned_fish
              390
              n01438208 cypriniform_fish
               n01439121 cyprinid
                0 1
              n02534559 salmonid
               n02534734 salmon
                391
             n02552171 spiny-finned_fish
              n02554730 percoid_fish
               n02605316 butterfly_fish
                392
               n02606384 damselfish
                393
              n02642107 scorpaenoid
               n02642644 scorpaenid
                396
              n02652668 plectognath
               397
             n02638596 ganoid
              394 395
         n01503061 bird
          7 8
          n01517565 ratite
           9
          n01524359 passerine
           n01525720 oscine
            20
            n01529672 finch
             10 11 12 13
             n01537134 bunting
              14
            n01557185 thrush
             15
             n01560105 nightingale
              16
            n01578575 corvine_bird
             17 18
            n01591697 titmouse
             19
          n01604330 bird_of_prey
           23
           n01605630 hawk
            21
           n01613294 eagle
            22
           n01621127 owl
            24
          n01816887 parrot
           87 88
           n01819115 cockatoo
            89
           n01820348 lory
            90
          n01822602 cuculiform_bird
           n01823013 cuckoo
            91
          n01825930 coraciiform_bird
           92 93
          n01831712 apodiform_bird
           94
          n01838038 piciform_bird
           95 96
          n01844917 aquatic_bird
           n01845132 waterfowl
            n01845477 anseriform_bird
             99
             n01846331 duck
              97
              n01852861 sea_duck
               n01854415 merganser
                98
           n01858441 swan
            100
           n02000954 wading_bird
            129 130 134 135 138
            n02002075 stork
             127 128
            n02008041 heron
             131 133
             n02008796 egret
              132
            n02014941 rail
             n02018027 coot
              137
            n02022684 shorebird
             143
             n02023341 plover
              n02025043 turnstone
               139
             n02026059 sandpiper
              140 141
             n02031934 snipe
              142
           n02016358 gallinule
            n02016956 purple_gallinule
             136
           n02021795 seabird
            n02051474 pelecaniform_seabird
             144
            n02055658 sphenisciform_seabird
             n02055803 penguin
              145
            n02057731 pelagic_bird
             146
         n01627424 amphibian
          n01629276 salamander
           25
           n01630284 newt
            26 27
           n01632047 ambystomid
            28 29
          n01639765 frog
           31 32
           n01640846 true_frog
            30
         n01661091 reptile
          n01661592 anapsid
           n01662622 chelonian
            n01662784 turtle
             35 36 37
             n01663401 sea_turtle
              33 34
          n01661818 diapsid
           n01674216 saurian
            n01674464 lizard
             n01674990 gecko
              38
             n01676755 iguanid
              39 40
             n01685439 teiid_lizard
              41
             n01687665 agamid
              42 43
             n01689411 anguid_lizard
              44
             n01691951 venomous_lizard
              45
             n01692864 lacertid_lizard
              46
             n01693783 chameleon
              47
             n01694709 monitor
              48
           n01695681 archosaur
            n01699831 dinosaur
             n01700470 ornithischian
              n01703569 ceratopsian
               51
           n01696633 crocodilian_reptile
            n01697178 crocodile
             49
            n01698434 alligator
             50
           n01726692 snake
            65
            n01727646 colubrid_snake
             52 53 54 55 56 57 58 59 60
            n01741562 constrictor
             n01741943 boa
              61
              n01743605 python
               62
            n01745125 elapid
             n01747885 cobra
              63
             n01749582 mamba
              n01749742 black_mamba
               64
            n01752165 viper
             66
             n01753959 pit_viper
              n01754876 rattlesnake
               67 68
         n01861778 mammal
          101
          n01871543 prototherian
           n01871875 monotreme
            102 103
          n01873982 metatherian
           n01874434 marsupial
            106
            n01877134 kangaroo
             104
            n01881171 phalanger
             105
          n01886756 placental
           n02062017 aquatic_mammal
            n02062430 cetacean
             n02062744 whale
              n02063224 baleen_whale
               147
              n02066707 toothed_whale
               n02068974 dolphin
                148
            n02073250 sea_cow
             149
            n02075927 pinniped_mammal
             n02076196 seal
              n02076779 eared_seal
               150
           n02075296 carnivore
            n02083346 canine
             276
             n02084071 dog
              251 253 254 255 256 257 268
              n02085374 toy_dog
               151 152 153 154 155 158
               n02086346 toy_spaniel
                157
                n02086478 English_toy_spaniel
                 156
              n02087122 hunting_dog
               159
               n02087551 hound
                160 161 162 163 164 168 173 174 175 176 177 178
                n02088839 coonhound
                 165
                n02089555 foxhound
                 166 167
                n02090475 wolfhound
                 169 170
                n02090827 greyhound
                 171 172
               n02092468 terrier
                181 182 183 184 185 186 187 191 192 193 194 195 199 200 201 202 203 204
                n02093056 bullterrier
                 179 180
                n02095050 fox_terrier
                 188
                n02095412 wirehair
                 189
                 n02095727 Welsh_terrier
                  190
                n02096756 schnauzer
                 196 197 198
               n02098550 sporting_dog
                n02099029 retriever
                 205 206 207 208 209
                n02099997 pointer
                 210 211
                n02100399 setter
                 212 213 214
                n02101108 spaniel
                 215 216 219 220
                 n02101861 springer_spaniel
                  217 218
                 n02102605 water_spaniel
                  221
              n02103406 working_dog
               242 243 246 247 248
               n02103841 watchdog
                222 223
                n02106966 pinscher
                 236 237 252
               n02104523 shepherd_dog
                226 227 228 229 230 231 232 233 234 235
                n02104882 Belgian_sheepdog
                 224 225
               n02107420 Sennenhunde
                238 239 240 241
               n02108254 mastiff
                244
               n02108672 bulldog
                245
               n02109811 sled_dog
                249 250
              n02111626 spitz
               258 259 260 261
              n02112497 griffon
               262
              n02112826 corgi
               263 264
              n02113335 poodle
               265 266 267
             n02114100 wolf
              269 270 271 272
             n02115335 wild_dog
              273 274 275
             n02118333 fox
              277 278 279 280
            n02120997 feline
             n02121620 cat
              n02121808 domestic_cat
               281 282 283 284 285
              n02124623 wildcat
               286 287
             n02127808 big_cat
              288 289 290 291 292 293
            n02131653 bear
             294 295 296 297
            n02134971 viverrine
             298 299
            n02441326 musteline_mammal
             356 357 358 359 360 361 362
            n02507649 procyonid
             387 388
           n02323449 lagomorph
            n02323902 leporid
             331
             n02324045 rabbit
              330 332
           n02329401 rodent
            333 334 336 337
            n02355227 squirrel
             n02355477 tree_squirrel
              335
            n02364520 cavy
             338
           n02370806 ungulate
            n02373336 odd-toed_ungulate
             n02374149 equine
              340
              n02374451 horse
               339
            n02394477 even-toed_ungulate
             344 355
             n02395003 swine
              341 342 343
             n02399000 ruminant
              n02401031 bovid
               347
               n02402010 bovine
                n02402425 cattle
                 345
               n02407959 Old_World_buffalo
                346
               n02411705 sheep
                348
               n02414578 wild_sheep
                n02415435 mountain_sheep
                 349
               n02416519 goat
                n02417534 wild_goat
                 350
               n02419796 antelope
                351 352 353
             n02437136 camel
              354
           n02453611 edentate
            363
            n02456962 sloth
             364
           n02469914 primate
            n02470325 ape
             n02470899 anthropoid_ape
              n02480153 great_ape
               365 366 367
              n02483092 lesser_ape
               368 369
            n02484322 monkey
             n02484473 Old_World_monkey
              370 371 372 373 374 375 376
             n02489589 New_World_monkey
              377 378 379 380 381 382
            n02496913 lemur
             383 384
           n02503127 proboscidean
            n02503517 elephant
             385 386
       n01905661 invertebrate
        n01767661 arthropod
         69 79
         n01769347 arachnid
          70 71
          n01772222 spider
           72 73 74 75 76 77
          n01776192 acarine
           78
         n01974773 crustacean
          n01975687 malacostracan_crustacean
           126
          n01976146 decapod_crustacean
           124 125
           n01976957 crab
            118 119 120 121
           n01982650 lobster
            123
            n01983048 true_lobster
             122
         n02159955 insect
          n02164464 beetle
           300 301 302 303 304 307
           n02171453 lamellicorn_beetle
            n02171869 scarabaeid_beetle
             305 306
          n02188699 dipterous_insect
           308
          n02206270 hymenopterous_insect
           309 310
          n02226183 orthopterous_insect
           311 312
          n02231052 phasmid
           313
          n02232951 dictyopterous_insect
           314 315
          n02246011 homopterous_insect
           316 317
          n02263378 neuropteron
           318
          n02268148 odonate
           319 320
          n02274024 lepidopterous_insect
           n02274259 butterfly
            322 325 326
            n02274822 nymphalid
             321
            n02279637 danaid
             323
            n02280458 pierid
             324
        n01909422 coelenterate
         107
         n01914163 anthozoan
          108
          n01915811 coral
           n01916925 stony_coral
            109
        n01922303 worm
         110 111
        n01940736 mollusk
         116
         n01942177 gastropod
          112 113 114 115
         n01968315 cephalopod
          117
        n02316707 echinoderm
         327 328 329
       n02152991 game
        n02153203 game_bird
         n01795088 grouse
          80 81 82 83
         n01802721 phasianid
          85 86
          n01803078 pheasant
           n01805801 peafowl
            84
      n00017222 plant
       n13083586 vascular_plant
        n11552386 spermatophyte
         n11665372 angiosperm
          n11669921 flower
           985
           n12041446 orchid
            n12056217 lady's_slipper
             986
      n12992868 fungus
       991 993 994 995 996 997
       n12997654 basidiomycete
        992
    n00019128 natural_object
     n13086908 plant_part
      n13087625 plant_organ
       n11675842 reproductive_structure
        n13134947 fruit
         988 989 998
         n13135832 seed
          990
          n11689483 oilseed
           984
          n12156819 grain
           n12157056 kernel
            987
    n00021939 artifact
     n00022903 article
      n04550840 ware
       n04381994 tableware
        n03133538 crockery
         n03206908 dish
          712
          n02880940 bowl
           659 809
        n03153375 cutlery
         n04284002 spoon
          910
     n03076708 commodity
      n03093574 consumer_goods
       n03257877 durables
        n02729837 appliance
         n03528263 home_appliance
          606 786 882
          n03620052 kitchen_appliance
           651 859 891
           n03063338 coffee_maker
            550
           n03862676 oven
            544 766
          n04580493 white_goods
           534 760 897
     n03122748 covering
      501 643
      n03050026 cloth_covering
       n02820210 bedclothes
        750
       n03237639 dressing
        n02785648 bandage
         n02680110 adhesive_bandage
          419
      n03051540 clothing
       n02671780 accessory
        n02827606 belt
         n04125853 safety_belt
          785
       n02756098 attire
        n03476083 hairpiece
         903
       n03381126 footwear
        n03540267 hosiery
         806
         n04323819 stocking
          496
         n04434932 tights
          638
       n03419014 garment
        529 834
        n03816005 neckwear
         n03815615 necktie
          451 457 906
        n03863923 overgarment
         n03045337 cloak
          735
         n03057021 coat
          568 617
          n04049405 raincoat
           869
        n04097866 robe
         399 614
        n04143897 scarf
         552 824
        n04197391 shirt
         610
        n04230808 skirt
         601 655 689 775
        n04370048 sweater
         474
         n04021028 pullover
          841
        n04371563 swimsuit
         445 639 842
        n04489008 trouser
         608
        n04508163 undergarment
         459
        n04531873 vest
         465
       n03490324 handwear
        n03441112 glove
         658
       n03502509 headdress
        n02954340 cap
         433 667 793
        n03497657 hat
         439 452 515 808
        n03513137 helmet
         518 560
       n03825080 nightwear
        697
       n03859495 outerwear
        n03450516 gown
         400 887
       n04015204 protective_garment
        411 615
       n04509592 uniform
        652
       n04596852 woman's_clothing
        n03236735 dress
         578
      n03366823 floor_cover
       n03727837 mat
        539
       n04118021 rug
        741
      n03380867 footwear
       502
       n02872752 boot
        514
       n04199027 shoe
        630 770 774
      n04014297 protective_covering
       446
       n02739668 armor
        787
        n02862048 body_armor
         490 524
       n02851099 blind
        n03151077 curtain
         794 854
        n04589190 window_blind
         905
       n02955065 cap
        622 855
       n03725035 mask
        570
        n03314378 face_mask
         796
       n04105068 roof
        538 853 858 884
       n04151581 screen
        556 669 904
       n04181718 shade
        619
       n04187061 sheath
        597 777
       n04191943 shelter
        442 448
        n02951843 canopy
         879
       n04192858 shield
        n03959701 plate
         n02740764 armor_plate
          461
          n03513376 helmet
           715
      n04151940 screen
       789
      n04453910 top
       640
       n02954938 cap
        455 680
      n04605726 wrapping
       n03590306 jacket
        921
     n03169390 decoration
      n02681518 adornment
       n03597469 jewelry
        679
     n03309808 fabric
      885 911
     n03575240 instrumentality
      n03091374 connection
       n02755352 attachment
        n03664943 ligament
         488
      n03094503 container
       481 549 738
       n02773037 bag
        414 636 728 748 797
       n02801938 basket
        588 790
       n02839910 bin
        412
       n02883344 box
        478 492 519 637 709
        n04340750 strongbox
         771
       n02946921 can
        653
       n02974697 case
        893
       n03210683 dispenser
        804
       n03438257 glass
        441 572
       n03733644 measure
        647
       n03871083 package
        692
       n04060904 receptacle
        868
       n04139859 savings_bank
        719
       n04183329 shaker
        503 773
       n04531098 vessel
        427 435 463 618 666 725 876
        n02801525 basin
         896
        n02876657 bottle
         440 720 737 898 907
         n03603722 jug
          899 901
        n03241496 drinking_vessel
         n03797390 mug
          504
        n03593526 jar
         438 883
        n04388743 tank
         n04078574 reservoir
          900
          n03035510 cistern
           756
      n03100490 conveyance
       n03678362 litter
        830
       n04019101 public_transport
        n02924116 bus
         654 779 874
        n04468005 train
         n03896233 passenger_train
          466
       n04524313 vehicle
        n03125870 craft
         n02686568 aircraft
          n03510583 heavier-than-air_craft
           895
           n02691156 airplane
            404
          n03666917 lighter-than-air_craft
           405 417
         n04264914 spacecraft
          812
         n04530566 vessel
          n02858304 boat
           554 576
           n03790230 motorboat
            814
           n04158807 sea_boat
            625
           n04244997 small_boat
            472 914
          n04128837 sailing_vessel
           780
           n04128499 sailboat
            484 871
          n04194289 ship
           724 913
           n02965300 cargo_ship
            510
           n03896103 passenger_ship
            628
           n04552696 warship
            403
            n04348184 submersible
             833
        n03764276 military_vehicle
         847
        n04099429 rocket
         657
        n04235291 sled
         450 537
        n04576211 wheeled_vehicle
         670 870 880
         n02834778 bicycle
          444 671
         n02959942 car
          565 705
         n03484083 handcart
          428 791
         n04170037 self-propelled_vehicle
          561 757 829 866
          n03684823 locomotive
           547 820
          n03791235 motor_vehicle
           408 573 575 803
           n02958343 car
            407 436 468 511 609 627 661 751 817
           n03790512 motorcycle
            n03769722 minibike
             665
           n04490091 truck
            555 569 717 864 867
            n04520170 van
             675 734
             n03896419 passenger_van
              656
          n04464852 tracked_vehicle
           586 802
         n04467099 trailer
          660
         n04543158 wagon
          n02970849 cart
           603 612 690
      n03183080 device
       626 714 761
       n02676261 acoustic_device
        902
       n02688443 airfoil
        908
       n02855089 blower
        589
       n02895606 breathing_device
        691 801
       n03269401 electrical_device
        n04470953 transducer
         n03274561 electro-acoustic_transducer
          632 650
       n03277771 electronic_device
        673
        n03211117 display
         782
       n03320046 fan
        545
       n03339643 filter
        686 828
       n03508101 heater
        811 827
       n03574816 instrument
        n03575691 instrument_of_execution
         583
        n03733925 measuring_instrument
         426 778
         n03735637 measuring_stick
          769
         n03753077 meter
          685
         n04437953 timepiece
          835
          n03046257 clock
           409 530 892
          n04134632 sandglass
           604
          n04438304 timer
           704 826
          n04555897 watch
           531
        n03739693 medical_instrument
         823 845
        n03813176 navigational_instrument
         n03080497 compass
          635
        n03852280 optical_instrument
         447 745
         n04272054 spectacles
          837
        n04147495 scientific_instrument
         n03709206 magnifier
          n03760671 microscope
           n03667829 light_microscope
            n03484931 hand_glass
             633
          n04403638 telescope
           n02751295 astronomical_telescope
            755
        n04565375 weapon
         456 744
         n03467984 gun
          471
          n03343853 firearm
           764
           n02759963 autoloader
            n02760429 automatic_firearm
             n02760855 automatic_rifle
              413
           n03948459 pistol
            763
       n03614007 keyboard
        508 878
       n03664675 lifting_device
        517
       n03699975 machine
        480
        n02938886 calculator
         398
        n03082979 computer
         916
         n02708224 analog_computer
          798
         n03196324 digital_computer
          n03918480 personal_computer
           527
           n03985232 portable_computer
            590 620 681
        n03322940 farm_machine
         595 856
        n03997484 power_tool
         740
         n03996145 power_saw
          491
        n04243941 slot_machine
         800 886
       n03738472 mechanism
        753
        n03096960 control
         613 844
        n03736970 mechanical_device
         600 843
         n03700963 machine
          n04574999 wheel
           479 694 723 739
         n04021798 pump
          571
         n04088797 ride
          476
         n04586421 winder
          758
       n03744840 memory_device
        n03706653 magnetic_disk
         592
       n03800933 musical_instrument
        n03614532 keyboard_instrument
         687
         n03928116 piano
          579 881
        n03915437 percussion_instrument
         494 541 577 641 642 822
        n04338517 stringed_instrument
         420
         n02880546 bowed_stringed_instrument
          486 889
         n03025886 chordophone
          594
         n03467517 guitar
          402 546
        n04586932 wind_instrument
         684
         n02891788 brass
          513 566 875
         n03393324 free-reed_instrument
          401 593
         n03945615 pipe
          699
         n04598582 woodwind
          558
          n02817799 beating-reed_instrument
           n03228016 double-reed_instrument
            432 683
           n04222847 single-reed_instrument
            776
       n03851341 optical_device
        n03656484 lens
         n03099771 converging_lens
          836
       n04069276 reflector
        807
        n03773035 mirror
         475
       n04081844 restraint
        676
        n02889425 brake
         n02891188 brake_system
          n03551084 hydraulic_brake
           535
        n03323703 fastener
         464 616 677 783
         n03043958 clip
          584
         n03682487 lock
          507 695
         n03940256 pin
          772
       n04120093 runner
        795
       n04263760 source_of_illumination
        n03636248 lamp
         470 818
         n03640988 lantern
          607
        n03665366 light
         862
       n04359589 support
        718
        n02887209 brace
         678
        n04038440 rack
         872
        n04341414 structural_member
         n04515129 upright
          n03988170 post
           645
       n04474466 trap
        674
        n04568557 web
         815
      n03294048 equipment
       n02727825 apparatus
        n03257586 duplicator
         713
       n03278248 electronic_equipment
        482 485 662 664 688 848
        n02757462 audio_system
         n04077430 reproducer
          n04315948 stereo
           605
        n03916720 peripheral
         742
        n04401088 telephone
         528 707
         n04044498 radiotelephone
          487
       n03414162 game_equipment
        n02778669 ball
         429 430 522 574 722 747 768 805 852 890
        n03413828 game
         n04028315 puzzle
          611 918
       n03430959 gear
        n03619396 kit
         477
        n04091097 rig
         n03241093 drill_rig
          540
       n03926148 photographic_equipment
        n02942699 camera
         732 759
       n04077734 rescue_equipment
        701
       n04285146 sports_equipment
        n03472232 gymnastic_apparatus
         416 602 702
        n04571292 weight
         422 543
      n03405265 furnishing
       n03405725 furniture
        453 894
        n02766320 baby_bed
         431 516 520
        n02821943 bedroom_furniture
         n02818832 bed
          564
        n02933112 cabinet
         495 648
        n03015254 chest_of_drawers
         493
        n03636649 lamp
         846
        n03842156 office_furniture
         553
        n04161981 seat
         861
         n02828884 bench
          703
         n03001627 chair
          423 559 765
          n03002210 chair_of_state
           857
         n04256520 sofa
          n03100346 convertible
           831
        n04379243 table
         526 736
        n04379964 table
         532
        n04549122 wall_unit
         548
      n03563967 implement
       n02788689 bar
        n03659292 lever
         n03613592 key
          810
       n02908217 brush
        696
       n03039947 cleaning_implement
        462 840
       n03294833 eraser
        767
       n03837422 oar
        693
       n04100174 rod
        733
       n04185071 sharpener
        710
       n04285622 sports_implement
        752
       n04317420 stick
        542 644 816
        n04296261 staff
         523 557
       n04451818 tool
        730
        n03154446 cutting_implement
         n03154073 cutter
          n03265032 edge_tool
           726
           n02764044 ax
            596
           n03623556 knife
            499 623
        n03418242 garden_tool
         621
        n03489162 hand_tool
         587 731 784 792
         n03848348 opener
          473
          n02877962 bottle_opener
           512
       n04516672 utensil
        n03621049 kitchen_utensil
         n03101986 cooking_utensil
          n03101156 cooker
           521
          n03880531 pan
           567 909
          n03990474 pot
           469 505 849
          n04500060 turner
           813
       n04608567 writing_implement
        n03906997 pen
         418 563 749
      n04377057 system
       646
       n03078287 communication_system
        754
        n04400289 telecommunication_system
         851
      n04447443 toiletry
       585 631 711
       n03113152 cosmetic
        n03714235 makeup
         629
       n03128519 cream
        838
       n03994008 powder
        551
      n06254669 medium
       n06263609 print_media
        n06263369 press
         n06595351 magazine
          917
     n03873064 padding
      n03151500 cushion
       721
     n03964744 plaything
      850
     n04188643 sheet
      n02856463 board
       781
      n03959936 plate
       n03208556 disk
        746
     n04341686 structure
      406 506 562
      n02733524 arch
       873
      n02735688 area
       706
      n02898711 bridge
       821 839 888
      n02913152 building
       580 624 727 762
       n03322570 farm_building
        425
       n03859280 outbuilding
        n04187547 shed
         410 449
       n03953416 place_of_worship
        497 668
        n04210390 shrine
         832
       n04417809 theater
        498 598
      n02914991 building_complex
       n03956922 plant
        n03316406 factory
         634
      n03074380 column
       682 863
      n03171356 defensive_structure
       n03385557 fortification
        483
      n03297735 establishment
       n03574555 institution
        n03907654 penal_institution
         n03111690 correctional_institution
          743
       n03953020 place_of_business
        n03748162 mercantile_establishment
         n03722288 marketplace
          582
         n04202417 shop
          424 454 467 509 788 860 865
      n03546340 housing
       n03259505 dwelling
        500 915
        n03544360 house
         n04079244 residence
          698
          n04073948 religious_residence
           663
      n03638321 landing
       536
      n03743902 memorial
       458 649
      n03839993 obstruction
       n02796623 barrier
        421 460 525
        n03327234 fence
         489 716 825
         n04046974 rail_fence
          912
        n03454707 grate
         581
        n03795580 movable_barrier
         n03221720 door
          799
         n03427296 gate
          877
      n04191595 shelter
       n04411264 tent
        672
      n04361095 supporting_structure
       n03391770 framework
        599
        n04038727 rack
         729
       n04360501 support
        708
      n04460130 tower
       437
     n04362025 surface
      n03536348 horizontal_surface
       n03961939 platform
        819
   n00027167 location
    n08620061 point
     n08578706 geographic_point
      n04602044 workplace
       415
   n03892891 part
    n03932203 piece
     n03932670 piece_of_cloth
      443 533 591
      n04459362 towel
       434 700
   n09287968 geological_formation
    972
    n09366017 natural_depression
     979
    n09366317 natural_elevation
     976
     n09359803 mountain
      970 980
     n09409512 ridge
      n09214060 bar
       977
      n09406793 reef
       973
    n09433442 shore
     975 978
    n09443453 spring
     974
  n00020827 matter
   n00019613 substance
    n14580897 material
     n14974264 paper
      n15074962 tissue
       999
   n00020090 substance
    n00021265 food
     n07560652 fare
      922
     n07566340 foodstuff
      n07809096 ingredient
       n07809368 flavorer
        n07810907 condiment
         n07582609 dip
          924
         n07829412 sauce
          960
          n07838233 spaghetti_sauce
           959
      n07882497 concoction
       961
     n07570720 nutriment
      n07556970 course
       n07579575 entree
        923
       n07609840 dessert
        n07611358 frozen_dessert
         928 929
        n07612996 pudding
         927
      n07557434 dish
       962 963 964 965
       n07583197 soup
        925
       n07588947 stew
        926
       n07712382 snack_food
        n07695965 sandwich
         934
         n07697100 hamburger
          933
     n07800091 feed
      n07800740 fodder
       958
     n07881800 beverage
      n07884567 alcohol
       n07891726 wine
        966
       n07911371 mixed_drink
        n07930554 punch
         968 969
      n07929519 coffee
       967
   n15046900 solid
    n07555863 food
     n07622061 baked_goods
      n07679356 bread
       n07680932 bun
        931
       n07681926 cracker
        932
       n07683786 loaf_of_bread
        930
     n07705711 produce
      n07705931 edible_fruit
       952 953 954 955 956 957
       n07739125 apple
        n07739506 eating_apple
         948
       n07742704 berry
        949
       n07747055 citrus
        950 951
      n07707451 vegetable
       943 944 946 947
       n07710007 solanaceous_vegetable
        n07720442 pepper
         n07720615 sweet_pepper
          945
       n07710283 root_vegetable
        n07710616 potato
         935
       n07713395 cruciferous_vegetable
        937 938
        n07713895 cabbage
         936
       n07715561 squash
        n07715721 summer_squash
         939 940
        n07717070 winter_squash
         941 942
 n00002137 abstraction
  n00024264 attribute
   n00027807 shape
    n13865483 round_shape
     n13899200 sphere
      n13899404 ball
       n09289709 globule
        971
  n00033020 communication
   n06791372 signal
    n06873571 visual_signal
     n06874019 light
      920
   n06793231 sign
    919
`;

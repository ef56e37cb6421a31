"""Five requests with the marks and the nesting of real ones, in words of our own."""

LETTERED = """The policy on case management (published under 01.FOI.21.021978) mentions several systems. Please answer:
1: The policy says that these systems are searched when somebody is referred:
o PNC,
o PND,
o a local crime system
1a. Please say whether a referral is also entered in each of them.
1b. Please say whether a note of the referral is kept there.
1c. Please say whether data from them is copied to the case system.
2: The policy says that the case system holds no documents. Please say whether notes are deleted when a case ends.
3: Some referrals lead to checks abroad. Please release the agreements that govern this.
4: For some people an entry on a ports watch list is made. Please release the guidance on how long it is kept.
4a. Please also answer, about that list: For how long is an entry kept? Is it deleted when a case ends? Are people \
told? Who oversees it?
5: There is a template for sharing agreements. Please release it.
6: The policy says “we are agreeing one assessment for the whole programme”. Please release it.
7: Please explain how passing on intelligence meets your duties. If a document explains it, please release that.
8: The case system is “Official Sensitive”. Please explain where anything higher is kept, and who may see it.
9: Please list everybody who was consulted about this request, by position and organisation."""

PARAGRAPHS = """How many people were referred to the scheme (it is meant to stop violence in the past three years?
Could you let me know the number for each calendar year and if possible the area. Any details of the concerns would \
also be gratefully received."""

DASHED = """I am hoping to learn how many people were referred because of worries about violence – and as much as \
possible about their ages.

I would like the figures by year from March 2015, when schools were first asked to assess this risk.

If you count by financial year, please go ahead with that.

1 – How many first referrals have you had since March 2015? Please give each year (March 2015-December 2015; 2016; \
2017; 2018 so far, or one figure.)

2 – Of these – how many were about each kind of view? (March 2015-December 2015; or all years together.)

3 – What was the age range of those referred? (March 2015-December 2015; or all years together.)

4 – What came of these referrals – by outcome? (e.g in 100 cases nothing further was done) Please give what you can."""

JOINT = """We have been told that police forces hold or can see a database of referrals. We request the following \
information:

- 1 Does your force hold such a database?
- 2 Can you see one that is held centrally?
- 3 If yes to question 2 who is the data controller?
- 4 What rank may look at it (your own or the central one)?
- 5 May any other body look at it or ask for data from it?
- 6 Can you add people to it?"""

LISTED = """1. The number of people referred for the following calendar years: 2020/2021/2022

Please break this down by kind of concern

2. The number of people referred over protests about the environment for: 2020/2021/2022.

In relation to the question above, how many of them came before a panel in 2020/2021/2022.

3. Have any people been referred for taking part in any of the following groups:

a) Friends of the Pond
b) Rivers Now
c) Quiet Skies
d) Leave It Be

If so please provide the number for each group by year."""

ALL = (LETTERED, PARAGRAPHS, DASHED, JOINT, LISTED)

"""A sample network to look around in: fictional members, requests in every stage, two years of asks."""

from matcher.sample.network import ORGANISATION, PASSPHRASE, SEED, make_sample
from matcher.sample.people import SamplePerson, sample_people
from matcher.sample.requests import SampleRequest, sample_requests

__all__ = [
    "ORGANISATION",
    "PASSPHRASE",
    "SEED",
    "SamplePerson",
    "SampleRequest",
    "make_sample",
    "sample_people",
    "sample_requests",
]

"""Recordings: every frame of a run in one file that can be sought, survives being cut short and executes nothing."""

from model.recording.codec import decode, encode, same
from model.recording.problem import RecordingError
from model.recording.provenance import lasting, provenance
from model.recording.reader import Recording
from model.recording.writer import Recorder

__all__ = ["Recorder", "Recording", "RecordingError", "decode", "encode", "lasting", "provenance", "same"]

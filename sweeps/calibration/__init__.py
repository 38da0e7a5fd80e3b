"""Calibration: history matching in waves. Which values of the parameters does the past not rule out?"""

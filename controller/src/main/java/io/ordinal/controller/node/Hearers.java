package io.ordinal.controller.node;

/** Who else is told what the front door hears. */
public record Hearers(VolumeNews volumes, DrillNews drills) {}

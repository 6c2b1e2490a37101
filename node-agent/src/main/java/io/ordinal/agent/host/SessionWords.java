package io.ordinal.agent.host;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.AgentCommand.Confirmed;
import io.ordinal.protocol.agent.AgentCommand.Granted;
import io.ordinal.protocol.agent.AgentCommand.Inject;
import io.ordinal.protocol.agent.AgentCommand.Lapsed;
import io.ordinal.protocol.agent.AgentCommand.NotNow;
import io.ordinal.protocol.agent.AgentCommand.Noted;
import io.ordinal.protocol.agent.AgentCommand.OpenStream;
import io.ordinal.protocol.agent.AgentCommand.Over;
import io.ordinal.protocol.agent.AgentCommand.ReadLog;
import io.ordinal.protocol.agent.AgentCommand.ReadUsage;
import io.ordinal.protocol.agent.AgentCommand.Refreshed;
import io.ordinal.protocol.agent.AgentCommand.RemoveVolume;
import io.ordinal.protocol.agent.AgentCommand.Resting;
import io.ordinal.protocol.agent.AgentCommand.Revert;
import io.ordinal.protocol.agent.AgentCommand.SetFenced;
import io.ordinal.protocol.agent.AgentCommand.Start;
import io.ordinal.protocol.agent.AgentCommand.Stop;
import io.ordinal.protocol.agent.AgentCommand.Welcome;

/** The commands that are about the session; those about lives are not for {@link NodeAgent}. */
record SessionWords(NodeAgent agent) implements AgentCommand.Cases<Void> {
  @Override
  public Void start(Start command) {
    return null;
  }

  @Override
  public Void confirmed(Confirmed command) {
    return null;
  }

  @Override
  public Void over(Over command) {
    return null;
  }

  @Override
  public Void stop(Stop command) {
    return null;
  }

  @Override
  public Void noted(Noted command) {
    return null;
  }

  @Override
  public Void readLog(ReadLog command) {
    return null;
  }

  @Override
  public Void openStream(OpenStream command) {
    return null;
  }

  @Override
  public Void removeVolume(RemoveVolume command) {
    return null;
  }

  @Override
  public Void welcome(Welcome command) {
    agent.welcome(command);
    return null;
  }

  @Override
  public Void notNow(NotNow command) {
    agent.notNow(command);
    return null;
  }

  @Override
  public Void granted(Granted command) {
    agent.granted(command);
    return null;
  }

  @Override
  public Void lapsed(Lapsed command) {
    agent.lapsed(command);
    return null;
  }

  @Override
  public Void setFenced(SetFenced command) {
    return null;
  }

  @Override
  public Void resting(Resting command) {
    agent.resting(command);
    return null;
  }

  @Override
  public Void inject(Inject command) {
    return null;
  }

  @Override
  public Void revert(Revert command) {
    return null;
  }

  @Override
  public Void readUsage(ReadUsage command) {
    return null;
  }

  @Override
  public Void refreshed(Refreshed command) {
    return null;
  }
}

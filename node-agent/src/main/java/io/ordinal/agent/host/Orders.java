package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
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

/** The commands that are about lives; those about the session are not for {@link HostedLives}. */
record Orders(HostedLives lives, Errands errands) implements AgentCommand.Cases<Void> {
  @Override
  public Void start(Start command) {
    lives.start(new LifeName(command.replica(), command.incarnation()));
    return null;
  }

  @Override
  public Void confirmed(Confirmed command) {
    lives.confirmed(command.order());
    return null;
  }

  @Override
  public Void over(Over command) {
    lives.over(new LifeName(command.replica(), command.incarnation()));
    return null;
  }

  @Override
  public Void stop(Stop command) {
    lives.stop(command);
    return null;
  }

  @Override
  public Void noted(Noted command) {
    lives.noted(command);
    return null;
  }

  @Override
  public Void readLog(ReadLog command) {
    errands.readLog(command);
    return null;
  }

  @Override
  public Void openStream(OpenStream command) {
    errands.openStream(command);
    return null;
  }

  @Override
  public Void removeVolume(RemoveVolume command) {
    errands.removeVolume(command);
    return null;
  }

  @Override
  public Void welcome(Welcome command) {
    return null;
  }

  @Override
  public Void notNow(NotNow command) {
    return null;
  }

  @Override
  public Void granted(Granted command) {
    return null;
  }

  @Override
  public Void lapsed(Lapsed command) {
    return null;
  }

  @Override
  public Void setFenced(SetFenced command) {
    lives.setFenced(command);
    return null;
  }

  @Override
  public Void resting(Resting command) {
    return null;
  }

  @Override
  public Void inject(Inject command) {
    errands.inject(command);
    return null;
  }

  @Override
  public Void revert(Revert command) {
    errands.revert(command);
    return null;
  }

  @Override
  public Void readUsage(ReadUsage command) {
    errands.readUsage(command);
    return null;
  }

  @Override
  public Void refreshed(Refreshed command) {
    return null;
  }
}

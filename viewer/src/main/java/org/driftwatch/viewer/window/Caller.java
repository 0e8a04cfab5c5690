package org.driftwatch.viewer.window;

import java.awt.AWTException;
import java.awt.SystemTray;
import java.awt.Toolkit;
import java.awt.TrayIcon;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.view.AlarmSettings;
import org.driftwatch.viewer.view.AlarmWords;
import org.driftwatch.viewer.view.Ringing;

/**
 * Calls for somebody: by a sound, and by a notice on the desktop. On a thread of its own, since
 * loudspeakers and desktops may not answer; {@code onFailure} is called there.
 */
final class Caller {
  private static final float RATE = 22_050;
  private static final int[] WARNING_HZ = {660, 880};
  private static final int[] BAD_HZ = {880, 660, 880, 660, 880, 660};
  private static final double TONE_SECONDS = 0.16;
  private static final double LOUDNESS = 0.55;
  private static final long NOTICE_SECONDS = 5;

  private final Consumer<String> onFailure;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread t = new Thread(task, "caller");
            t.setDaemon(true);
            return t;
          });
  private Optional<TrayIcon> tray = Optional.empty();

  Caller(Consumer<String> onFailure) {
    this.onFailure = onFailure;
  }

  /** Calls as the settings say; a notice once for each alarm, the sound again and again. */
  void call(Ringing.Call call, AlarmSettings settings) {
    if (settings.sound()) {
      thread.execute(() -> sound(call.alarm().level()));
    }
    if (settings.notice() && call.isNew()) {
      thread.execute(() -> notice(call.alarm()));
    }
  }

  private void sound(Level level) {
    byte[] samples = samples(level == Level.BAD ? BAD_HZ : WARNING_HZ);
    AudioFormat format = new AudioFormat(RATE, 8, 1, true, false);
    try (AudioInputStream in =
            new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length);
        SourceDataLine line = AudioSystem.getSourceDataLine(format)) {
      line.open(format);
      line.start();
      line.write(in.readAllBytes(), 0, samples.length);
      line.drain();
    } catch (LineUnavailableException | IllegalArgumentException | IOException e) {
      // No loudspeaker that Java knows: the terminal's bell may be one.
      Toolkit.getDefaultToolkit().beep();
    }
  }

  private static byte[] samples(int[] tones) {
    int length = (int) (RATE * TONE_SECONDS);
    byte[] samples = new byte[tones.length * length];
    for (int i = 0; i < samples.length; i++) {
      double within = i % length / (double) length;
      // Swells and fades, so that it does not click.
      double swell = Math.sin(Math.PI * within);
      double phase = 2 * Math.PI * tones[i / length] * i / RATE;
      samples[i] = (byte) Math.round(127 * LOUDNESS * swell * Math.sin(phase));
    }
    return samples;
  }

  private void notice(AlarmMessage alarm) {
    String title =
        "Driftwatch: "
            + alarm.level().word().toUpperCase(Locale.ROOT)
            + ", "
            + AlarmWords.subject(alarm.subject());
    if (SystemTray.isSupported() && byTray(title, alarm)) {
      return;
    }
    try {
      Process process =
          new ProcessBuilder(
                  "notify-send",
                  "--urgency=critical",
                  "--app-name=Driftwatch",
                  title,
                  alarm.message())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(NOTICE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        onFailure.accept("No notice on the desktop: notify-send does not answer");
      } else if (process.exitValue() != 0) {
        onFailure.accept(
            "No notice on the desktop: notify-send ended with status " + process.exitValue());
      }
    } catch (IOException e) {
      onFailure.accept(
          "No notice on the desktop: it has no tray, and notify-send is not installed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean byTray(String title, AlarmMessage alarm) {
    try {
      if (tray.isEmpty()) {
        TrayIcon icon = new TrayIcon(Icon.images().get(0), "Driftwatch");
        icon.setImageAutoSize(true);
        SystemTray.getSystemTray().add(icon);
        tray = Optional.of(icon);
      }
      tray.get()
          .displayMessage(
              title,
              alarm.message(),
              alarm.level() == Level.BAD
                  ? TrayIcon.MessageType.ERROR
                  : TrayIcon.MessageType.WARNING);
      return true;
    } catch (AWTException e) {
      // A tray that takes no icons: the other way is tried.
      return false;
    }
  }
}

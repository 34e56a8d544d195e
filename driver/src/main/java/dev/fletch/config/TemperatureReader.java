package dev.fletch.config;

import com.typesafe.config.ConfigValueFactory;
import dev.fletch.optimizer.TemperatureSettings;
import dev.fletch.settings.KeyName;
import java.util.List;
import java.util.Map;

/** Reads {@code temperature}, whose end follows its beginning while the schedule is constant. */
final class TemperatureReader implements RecordKeys.Form<TemperatureSettings> {
  @Override
  public TemperatureSettings read(Section parent, String key) {
    Section section = parent.section(key);
    List<TemperatureSettings.Schedule> schedules = List.of(TemperatureSettings.Schedule.values());
    if (section.choice("schedule", schedules, KeyName::ofConstant)
        == TemperatureSettings.Schedule.CONSTANT) {
      double from = section.number("from");
      section.preferDefaults(Values.EMPTY.withValue("to", ConfigValueFactory.fromAnyRef(from)));
    }
    return RecordKeys.PLAIN.read(section, TemperatureSettings.class);
  }

  @Override
  public void write(TemperatureSettings temperature, Map<String, Object> section) {
    RecordKeys.PLAIN.write(temperature, section);
  }
}

package org.driftwatch.telemetry;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanRegistrationException;
import javax.management.ObjectName;

/**
 * The metrics as attributes of a JMX bean, numbers all of them, under the names that Prometheus
 * shows: {@code driftwatch_stream_lag_records{partition="0"}}. Read only.
 */
final class MetricsBean implements DynamicMBean {
  private final ObjectName name;
  private final Supplier<MetricSnapshots> metrics;

  /** A number under its full name. */
  private record Sample(String name, String help, double value) {}

  private MetricsBean(ObjectName name, Supplier<MetricSnapshots> metrics) {
    this.name = name;
    this.metrics = metrics;
  }

  /**
   * Shows the metrics as {@code org.driftwatch:type=PART}; a later bean of that name replaces it.
   */
  static MetricsBean register(String part, Supplier<MetricSnapshots> metrics) {
    try {
      MetricsBean bean = new MetricsBean(new ObjectName("org.driftwatch:type=" + part), metrics);
      bean.unregister();
      ManagementFactory.getPlatformMBeanServer().registerMBean(bean, bean.name);
      return bean;
    } catch (JMException e) {
      throw new IllegalStateException("the JMX bean of the " + part + " cannot be made", e);
    }
  }

  void unregister() {
    try {
      if (ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
        ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
      }
    } catch (InstanceNotFoundException | MBeanRegistrationException e) {
      throw new IllegalStateException("the JMX bean " + name + " cannot be taken away", e);
    }
  }

  private List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (MetricSnapshot metric : metrics.get()) {
      String name = metric.getMetadata().getPrometheusName();
      String help = metric.getMetadata().getHelp();
      for (DataPointSnapshot point : metric.getDataPoints()) {
        String labels =
            point.getLabels().isEmpty()
                ? ""
                : point.getLabels().stream()
                    .map(MetricsBean::text)
                    .collect(Collectors.joining(",", "{", "}"));
        if (point instanceof CounterDataPointSnapshot counter) {
          samples.add(new Sample(name + "_total" + labels, help, counter.getValue()));
        } else if (point instanceof GaugeDataPointSnapshot gauge) {
          samples.add(new Sample(name + labels, help, gauge.getValue()));
        } else if (point instanceof SummaryDataPointSnapshot summary) {
          samples.add(new Sample(name + "_count" + labels, help, summary.getCount()));
          samples.add(new Sample(name + "_sum" + labels, help, summary.getSum()));
        }
      }
    }
    return samples;
  }

  private static String text(Label label) {
    return label.getName() + "=\"" + label.getValue() + "\"";
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    return samples().stream()
        .filter(sample -> sample.name().equals(attribute))
        .findFirst()
        .map(Sample::value)
        .orElseThrow(() -> new AttributeNotFoundException("no metric " + attribute));
  }

  @Override
  public AttributeList getAttributes(String[] attributes) {
    List<String> wanted = List.of(attributes);
    AttributeList found = new AttributeList();
    for (Sample sample : samples()) {
      if (wanted.contains(sample.name())) {
        found.add(new Attribute(sample.name(), sample.value()));
      }
    }
    return found;
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] attributes =
        samples().stream()
            .map(
                sample ->
                    new MBeanAttributeInfo(
                        sample.name(), Double.class.getName(), sample.help(), true, false, false))
            .toArray(MBeanAttributeInfo[]::new);
    return new MBeanInfo(
        MetricsBean.class.getName(),
        "Metrics of a part of Driftwatch",
        attributes,
        null,
        null,
        null);
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException("metrics are read only");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(String action, Object[] parameters, String[] signature) {
    throw new UnsupportedOperationException("metrics have no operations");
  }
}
